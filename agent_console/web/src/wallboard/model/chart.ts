/** The half hours of the chart. Pure. */
import type { IntervalFigures } from "../../contract.ts";

export const HALF_HOUR = 1800;
const LEAST_SLOTS = 12;

export interface Slot {
  at: number;
  offered: number;
  answered: number;
  abandoned: number;
  level: number | null;
  /** The half hour in progress. */
  current: boolean;
}

/** One slot per half hour from the first of the day (at least twelve back) up to now. */
export function slotsOf(intervals: Record<string, IntervalFigures>, now: number): Slot[] {
  const known = Object.values(intervals).filter((one) => one.start_at <= now);
  const starts = known.map((one) => one.start_at);
  // half hours begin where the server begins them: zones are not all on whole half hours of UTC
  const offset = (starts[0] ?? 0) % HALF_HOUR;
  const current = Math.floor((now - offset) / HALF_HOUR) * HALF_HOUR + offset;
  const first = Math.min(current - (LEAST_SLOTS - 1) * HALF_HOUR, ...starts);
  const byStart = new Map(known.map((one) => [one.start_at, one]));
  const count = Math.round((current - first) / HALF_HOUR) + 1;
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * HALF_HOUR;
    const one = byStart.get(at);
    return {
      at,
      offered: one?.offered ?? 0,
      answered: one?.answered ?? 0,
      abandoned: one?.abandoned ?? 0,
      level: one?.service_level_ratio ?? null,
      current: at === current,
    };
  });
}

/** The scale starts at one half, unless a level lies lower: small differences must be seen. */
export const levelFloor = (slots: readonly Slot[]): number =>
  slots.some((one) => one.level !== null && one.level < 0.5) ? 0 : 0.5;
