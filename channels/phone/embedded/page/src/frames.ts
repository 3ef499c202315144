/** What this page and the hub say to each other; see `channels/phone/embedded/README.md`. */

export type Lang = "en" | "zh";
export type Both = Record<Lang, string>;

export type State =
  | { phase: "ivr" }
  | {
      phase: "queue";
      queue: Both | null;
      position: number | null;
      estimate_seconds: number | null;
    }
  | { phase: "call"; agent: Both | null; on_hold: boolean }
  | { phase: "ended" };

export interface Choice {
  key: string;
  label: string;
}

export type ToHub =
  | {
      type: "hello";
      as: "caller";
      lang: Lang;
      visitor: string;
      widget?: string;
      token?: string;
      from?: string;
    }
  | { type: "call"; id: string; sdp: string; number: string; wants: string }
  | { type: "resume"; id: string; sdp: string }
  | { type: "digits"; digits: string }
  | { type: "hang_up" }
  | { type: "ping" };

export type FromHub =
  | { type: "welcome"; server_now: number }
  | { type: "answer"; id: string; sdp: string }
  | { type: "leg"; state: "up" | "ended"; cause?: string }
  | { type: "caption"; text: string; lang: Lang }
  | { type: "music"; on: boolean }
  | { type: "keys"; most: number; finish_on: string; sensitive: boolean; choices: Choice[] }
  | ({ type: "state" } & State)
  | { type: "quality"; mos: number; loss_ratio: number; jitter_seconds: number }
  | { type: "refused"; id: string | null; code: string }
  | { type: "bye"; code: string }
  | { type: "pong" };

/** A frame that is not one of ours is null: a newer hub may say more. */
export function readFrame(data: unknown): FromHub | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "type" in frame
      ? (frame as FromHub)
      : null;
  } catch {
    return null;
  }
}
