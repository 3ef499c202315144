/** What travels: snapshots and increments. */
import type { ConsoleState, MessageView } from "./desk.ts";
import type { WallboardState } from "./wallboard.ts";

export interface Snapshot {
  position: number;
  server_now: number;
  state: ConsoleState | WallboardState;
}

/** Operations are applied in order; each is idempotent. */
export type Op =
  | ["put", string, string, unknown] // collection, key, value
  | ["merge", string, string, Record<string, unknown>] // collection, key, changed fields
  | ["drop", string, string] // collection, key
  | ["add", "messages", string, MessageView] // conversation id, message; same seq replaces
  | ["tell", string, unknown]; // ephemeral: "typing", "notice"

export interface Increment {
  before: number;
  position: number;
  ops: Op[];
}
