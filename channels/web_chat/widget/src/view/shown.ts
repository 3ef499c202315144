/** What every view is drawn from. */

import type { Chat } from "../chat.ts";
import type { Lang } from "../frames.ts";
import type { Kit, Later } from "../later/kit.ts";
import type { Say } from "../texts.ts";
import { button, h, icon, iconButton } from "./render.ts";

/** What only this page knows, and only for now. */
export interface Ui {
  /** The customer is asked whether to end the chat. */
  isAsked: boolean;
  /** Articles are shown instead of the talk: an article's `SLUG/LANGUAGE`, or `?` to search. */
  help: string;
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
  /** The parts that few talks need; fetched at the first call, there at a later drawing. */
  later: () => Later | undefined;
}

/** What the later parts are given. */
export const kitOf = ({ chat, lang, set }: Shown): Kit => ({
  h,
  button,
  icon,
  iconButton,
  lang,
  hub: chat.hub,
  draw: () => set({}),
});
