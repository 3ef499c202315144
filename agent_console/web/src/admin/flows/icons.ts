/** What each kind of step looks like. */
import type { IconName } from "../../ui/index.ts";

const ICONS: Record<string, IconName> = {
  say: "volume",
  play: "play",
  menu: "keypad",
  language: "globe",
  ask: "keypad",
  identify: "shield-ok",
  do: "bot",
  branch: "swap",
  hours: "clock",
  set: "edit",
  queue: "users",
  callback: "callback",
  voicemail: "voicemail",
  transfer: "transfer",
  give_back: "reply",
  hang_up: "phone-off",
};

export const iconOf = (kind: string): IconName => ICONS[kind] ?? "more";
