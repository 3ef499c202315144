/** What the hub tells administrators of a chat widget. */
import type { Both } from "../../contract.ts";

export interface WidgetKey {
  id: string;
  made_at: number;
  /** Null: the settings file gave it. */
  made_by: Both | null;
  state: "in_force" | "former" | "ended" | "revoked";
  until_at: number | null;
}

export interface Widget {
  id: string;
  origins: string[];
  algorithm: string;
  takes_word: boolean;
  keys: WidgetKey[];
  language: "en" | "zh";
  warn_seconds: number;
  close_seconds: number;
  away_seconds: number;
  resume_days: number;
  open_contacts: number;
  newest_at: number | null;
}

export const isTaken = (key: WidgetKey): boolean =>
  key.state === "in_force" || key.state === "former";
