/** What the widget gives to the parts that come later. No name here may be shortened: both files
 *  are built apart and must call it alike. */

import type { Lang } from "../frames.ts";
import type { button, h, icon, iconButton, Spec } from "../view/render.ts";

export interface Kit {
  h: typeof h;
  button: typeof button;
  icon: typeof icon;
  iconButton: typeof iconButton;
  lang: Lang;
  /** Where the hub is. */
  hub: string;
  /** Show anew what has changed. */
  draw: () => void;
}

export interface Rating {
  survey: string;
  isConnected: boolean;
  send: (score: number, tags: string[], comment: string) => void;
  skip: () => void;
}

export interface Help {
  /** `SLUG/LANGUAGE` of the article that was asked for; else the search. */
  wanted: string;
  /** Back to the talk, with the slugs of what was read. */
  talk: (read: string[]) => void;
}

/** What `later.js` exports. */
export interface Later {
  style: string;
  rating: (kit: Kit, rating: Rating) => Spec;
  help: (kit: Kit, help: Help) => Spec;
}
