/** What every view is drawn from. */

import type { Chat } from "../chat.ts";
import type { Lang } from "../frames.ts";
import type { Say } from "../texts.ts";

/** What only this page knows, and only for now. */
export interface Ui {
  /** The customer is asked whether to end the chat. */
  isAsked: boolean;
  score: number;
  tags: readonly string[];
}

export interface Shown {
  chat: Chat;
  t: Say;
  lang: Lang;
  assistant: string;
  ui: Ui;
  /** Change what this page knows, and draw. */
  set: (news: Partial<Ui>) => void;
  close: () => void;
}
