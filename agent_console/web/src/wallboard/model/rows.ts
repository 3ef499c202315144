/** Which contacts the table shows. Pure. */
import type { WallContact } from "../../contract.ts";

export interface RowFilter {
  /** Those with the bot; else those with people, or waiting for them. */
  bot: boolean;
  attention: boolean;
  queueId: string | null;
  /** Words that customer, queue or agent must contain, all of them. */
  text: string;
}

export const NO_FILTER: RowFilter = { bot: false, attention: false, queueId: null, text: "" };

const CALLS_FOR = new Set(["threat", "help_asked", "late", "silent", "stuck"]);

export const needsAttention = (one: Pick<WallContact, "flags">): boolean =>
  one.flags.some((flag) => CALLS_FOR.has(flag));

export const withBot = (one: Pick<WallContact, "state">): boolean =>
  one.state === "in_self_service";

/** Whether the filter leaves any of its kind out. */
export const isFiltered = (filter: RowFilter): boolean =>
  filter.attention || filter.queueId !== null || filter.text.trim() !== "";

/** The rows that fit, in the order they came: nothing moves under the hand. */
export function matching(
  rows: readonly WallContact[],
  filter: RowFilter,
  queueName: (id: string | null) => string,
): WallContact[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((one) => {
    if (withBot(one) !== filter.bot) return false;
    if (filter.attention && !needsAttention(one)) return false;
    if (filter.queueId !== null && one.queue_id !== filter.queueId) return false;
    if (words.length === 0) return true;
    const agent = one.agent ? `${one.agent.en} ${one.agent.zh}` : "";
    const hay = `${one.title} ${one.title_zh} ${queueName(one.queue_id)} ${agent}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

/** What stood in the table stays at its place, also when it is over; what is new comes below. */
export function steady(before: readonly WallContact[], now: readonly WallContact[]): WallContact[] {
  const fresh = new Map(now.map((one) => [one.id, one]));
  const known = new Set(before.map((one) => one.id));
  return [
    ...before.map((one) => fresh.get(one.id) ?? one),
    ...now.filter((one) => !known.has(one.id)),
  ];
}

/** The flag a row shows: the most pressing of them. */
export function topFlag(
  flags: readonly string[],
): "threat" | "help_asked" | "late" | "stuck" | "silent" | "ringing" | null {
  const order = ["threat", "help_asked", "late", "stuck", "silent", "ringing"] as const;
  return order.find((one) => flags.includes(one)) ?? null;
}
