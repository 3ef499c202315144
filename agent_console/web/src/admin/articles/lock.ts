/** Who edits the open article: a beat while it is open, and what the hub answers. */
import { signal } from "@preact/signals";
import type { Both } from "../../contract.ts";
import { http } from "../../lib/http.ts";
import { opened, pathOf } from "./model.ts";

export interface Held {
  mine: boolean;
  by: Both | null;
  since_at: number;
  /** Who had it and did not let go. */
  taken_from: Both | null;
}

/** Far below the three minutes after which the hub takes it for free. */
export const BEAT_MS = 20_000;
export const held = signal<Held | null>(null);
/** Whether it was this page's before somebody took it over. */
export const wasMine = signal(false);

/** Tell that this page edits; somebody else keeps it unless `take`. */
export async function beat(take = false): Promise<void> {
  const one = opened.value;
  if (!one) return;
  const now = await http<Held>("POST", `${pathOf(one)}/hold`, { take });
  if (opened.value?.slug !== one.slug || opened.value.language !== one.language) return;
  wasMine.value = !now.mine && (wasMine.value || held.value?.mine === true);
  held.value = now;
}

/** Let others edit; who has it by now keeps it. */
export function letGo(path: string): void {
  held.value = null;
  wasMine.value = false;
  void http("POST", `${path}/let-go`).catch(() => undefined);
}
