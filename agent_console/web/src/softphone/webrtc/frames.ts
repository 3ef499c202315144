/** What the page and the hub say about a voice (`channels/phone/embedded/README.md`). */
import type { LineQuality } from "../../contract.ts";

export type FromPage =
  | { type: "hello"; as: "agent"; token: string }
  | { type: "up"; sdp: string }
  | { type: "down" }
  | { type: "ping" };

export type FromHub =
  | { type: "welcome"; server_now: number }
  | { type: "answer"; sdp: string }
  | { type: "leg"; leg: string; state: "up" | "ended" }
  | { type: "softphone"; up: boolean }
  | ({ type: "quality" } & LineQuality)
  | { type: "refused"; code: string }
  | { type: "bye"; code: string }
  | { type: "pong" };

/** A frame that is not one of ours is null: a newer hub may say more. */
export function readFrame(data: unknown): FromHub | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    const isOurs = typeof frame === "object" && frame !== null && "type" in frame;
    return isOurs ? (frame as FromHub) : null;
  } catch {
    return null;
  }
}

/** Where the hub listens: an address of the grant, or the usual one of this site. */
export function socketAddress(endpoints: readonly string[], here: string): string {
  const address = new URL(endpoints[0] ?? "/phone/socket", here);
  address.protocol = address.protocol === "https:" || address.protocol === "wss:" ? "wss:" : "ws:";
  return address.href;
}
