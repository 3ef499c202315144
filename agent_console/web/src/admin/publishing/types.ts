/** What the hub tells of anything that a second person publishes. */
import type { Both } from "../../contract.ts";

export type Act = "hand_in" | "publish" | "send_back";
/** The next act towards customers; `wait`: it is somebody else's. */
export type Step = "hand_in" | "publish" | "wait" | null;

export interface Draft {
  asked: { at: number; by: Both | null; why: string } | null;
  returned: { by: Both | null; why: string } | null;
  /** Whether the reader worked on it or handed it in, so that somebody else publishes it. */
  is_own: boolean;
}

export interface Version {
  number: number;
  at: number;
  by: Both | null;
  why: string;
}
