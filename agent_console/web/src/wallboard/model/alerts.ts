/** How an alert is said, and in which order alerts stand. */
import type { AlertView, QueueTile } from "../../contract.ts";
import { clockTime, percent } from "../../i18n/index.ts";
import type { IconName } from "../../ui/index.ts";
import { t } from "../texts.ts";

type Kind = AlertView["kind"];

const RANK: Record<Kind, number> = {
  help_asked: 0,
  order_to_decide: 0,
  proof_locked: 0,
  queue_unstaffed: 1,
  nobody_skilled: 1,
  service_level: 2,
  long_wait: 3,
  late_reply: 4,
  bot_stuck: 4,
  long_contact: 8,
  effect_unknown: 4,
  effect_failed: 5,
  low_score: 6,
  task_overdue: 7,
  over_break: 8,
};

export const LOOK: Record<Kind, { icon: IconName; tone: "breach" | "risk" | "t3" }> = {
  help_asked: { icon: "hand", tone: "breach" },
  order_to_decide: { icon: "shield-q", tone: "breach" },
  proof_locked: { icon: "lock", tone: "breach" },
  queue_unstaffed: { icon: "users", tone: "breach" },
  nobody_skilled: { icon: "users", tone: "breach" },
  late_reply: { icon: "reply", tone: "breach" },
  bot_stuck: { icon: "bot", tone: "risk" },
  long_contact: { icon: "clock", tone: "risk" },
  service_level: { icon: "alert", tone: "breach" },
  long_wait: { icon: "clock", tone: "breach" },
  effect_unknown: { icon: "send", tone: "breach" },
  effect_failed: { icon: "send", tone: "risk" },
  low_score: { icon: "frown", tone: "risk" },
  task_overdue: { icon: "clipboard", tone: "risk" },
  over_break: { icon: "coffee", tone: "risk" },
};

/** The most pressing kind first, within a kind the oldest; what somebody has taken on is last. */
export const inOrder = (alerts: readonly AlertView[]): AlertView[] =>
  [...alerts].sort(
    (a, b) =>
      Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
      RANK[a.kind] - RANK[b.kind] || a.since - b.since || (a.id < b.id ? -1 : 1),
  );

/** Where the words for ids come from. */
export interface Names {
  agent: (id: string | null) => string;
  queue: (id: string | null) => string;
  tile: (id: string | null) => QueueTile | undefined;
}

/** Whether an act was words to a customer: a notice, or a message on a written channel. */
const isLetter = (topic: string | null): boolean =>
  topic === "notify" || (topic ?? "").startsWith("deliver.");

export function titleOfAlert(alert: AlertView, names: Names): string {
  const agent = names.agent(alert.agent_id);
  const queue = names.queue(alert.queue_id);
  const tile = names.tile(alert.queue_id);
  switch (alert.kind) {
    case "service_level":
      return tile && tile.service_level_ratio !== null
        ? t("alert_service_level_value", {
            queue,
            level: percent(tile.service_level_ratio),
            target: percent(tile.service_level_target_ratio),
          })
        : t("alert_service_level", { queue });
    case "low_score":
      return alert.value === null
        ? t("alert_low_score_any")
        : t("alert_low_score", { score: alert.value });
    case "effect_failed":
    case "effect_unknown":
      return t(isLetter(alert.topic) ? `alert_${alert.kind}_notice` : `alert_${alert.kind}`);
    default:
      return t(`alert_${alert.kind}`, { agent, queue });
  }
}

/** The second line: what helps to decide, without what the title says already. */
export function detailOfAlert(alert: AlertView, names: Names): string {
  const since = t("alert_since", { time: clockTime(alert.since) });
  const tile = names.tile(alert.queue_id);
  switch (alert.kind) {
    case "service_level":
    case "queue_unstaffed":
      return tile
        ? t("alert_queue_state", {
            count: tile.waiting,
            free: tile.staff_available,
            all: tile.staff_signed_in,
          })
        : since;
    case "low_score":
      return [names.agent(alert.agent_id), t("alert_call_back")].filter(Boolean).join(" · ");
    case "effect_failed":
      return [t("alert_effect_more"), since].join(" · ");
    case "effect_unknown":
      return [t("alert_effect_check"), since].join(" · ");
    case "proof_locked": {
      const ends = t("alert_until", { time: clockTime(alert.value ?? alert.since) });
      return [names.agent(alert.agent_id), names.queue(alert.queue_id), ends]
        .filter(Boolean)
        .join(" · ");
    }
    case "bot_stuck":
      return [whyStuck(alert), since].join(" · ");
    case "help_asked":
    case "order_to_decide":
      return [names.queue(alert.queue_id), since].filter(Boolean).join(" · ");
    default:
      return since;
  }
}

function whyStuck({ topic, value }: AlertView): string {
  const count = value ?? 0;
  if (topic === "misses") return t("stuck_misses", { count });
  if (topic === "repeats") return t("stuck_repeats", { count });
  return t("stuck_lasts", { count: Math.round(count / 60) });
}
