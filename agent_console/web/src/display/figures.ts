/** The figures of a screen: asked for again and again, kept while the hub is away. */
import { signal } from "@preact/signals";
import type { QueueTile, WallTotals } from "../contract.ts";
import { timeZone } from "../i18n/index.ts";

export type DisplayQueue = Pick<
  QueueTile,
  | "id"
  | "name"
  | "waiting"
  | "longest_wait_since"
  | "target_seconds"
  | "service_level_ratio"
  | "service_level_target_ratio"
  | "staff_available"
  | "staff_signed_in"
  | "open"
  | "health"
>;

export interface DisplayPicture {
  totals: WallTotals;
  queues: DisplayQueue[];
  agents: Record<string, number>;
  time_zone: string;
}

const EVERY_MS = 3_000;

export const picture = signal<DisplayPicture | null>(null);
/** Since when nothing came, epoch seconds. */
export const lostSince = signal<number | null>(null);
/** The link is not good (any more). */
export const dark = signal(false);

/** The token stands behind the #, which browsers do not send. */
const token = location.hash.slice(1);
export const hasLink = token !== "";

async function look(): Promise<void> {
  try {
    const answer = await fetch("/api/display", { headers: { "x-display": token } });
    dark.value = answer.status === 404;
    if (!answer.ok) throw new Error(String(answer.status));
    const read = (await answer.json()) as DisplayPicture;
    timeZone.value = read.time_zone;
    picture.value = read;
    lostSince.value = null;
  } catch {
    lostSince.value ??= Date.now() / 1000;
  }
}

export function keepLooking(): void {
  if (!hasLink) return;
  const again = (): void => void look().finally(() => setTimeout(again, EVERY_MS));
  again();
}

/** A screen on the wall must not fall asleep, where the browser can see to it. */
export function stayAwake(): void {
  const ask = (): void => {
    if (document.visibilityState === "visible")
      void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
