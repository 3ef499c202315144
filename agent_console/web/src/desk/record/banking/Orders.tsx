import type { OrderLine, ScreenPop } from "../../../contract.ts";
import { both, clockTime, exactTime, money } from "../../../i18n/index.ts";
import { Badge, type Tone } from "../../../ui/index.ts";
import { t } from "./texts.ts";
import { VisitActions } from "./VisitActions.tsx";

const TONES: Record<OrderLine["state"], Tone> = {
  awaiting_approval: "risk",
  queued: "blue",
  sent: "blue",
  applied: "ok",
  refused: "bad",
  failed: "bad",
  cancelled: "neutral",
};

/** Where an order is; changes by itself. */
export function OrderBadge({ order }: { order: OrderLine }) {
  return <Badge tone={TONES[order.state]}>{t(`state_${order.state}`)}</Badge>;
}

/** What was asked of the bank lately, and what became of it. */
export function Orders({ record }: { record: ScreenPop }) {
  if (record.orders.length === 0) return null;
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("orders")}</h3>
      </div>
      <ul role="log" aria-label={t("orders")}>
        {record.orders.map((one) => (
          <Order key={one.id} order={one} record={record} />
        ))}
      </ul>
    </section>
  );
}

function Order({ order, record }: { order: OrderLine; record: ScreenPop }) {
  const asker = order.asked_by
    ? t("asked_by", { name: both(order.asked_by), time: clockTime(order.asked_at) })
    : t("asked_self", { time: clockTime(order.asked_at) });
  const more = moreOf(order);
  const why = order.reason && whyNot(order);
  return (
    <li class="order">
      <div class="row row-1">
        <b class="fw5 t12">
          {t(`order_${order.kind}`)} {order.about && <span class="mono">{order.about}</span>}
        </b>
        <span class="push">
          <OrderBadge order={order} />
        </span>
      </div>
      {more && <p class="t12">{more}</p>}
      {why && <p class="t12 breach">{why}</p>}
      <p class="t11 t3 tnum" title={exactTime(order.asked_at)}>
        {asker} · {t("reference", { reference: order.reference })}
      </p>
      <VisitActions order={order} record={record} />
    </li>
  );
}

function moreOf({ told, visit, new_last_four, address }: OrderLine): string | null {
  if (visit) return `${exactTime(visit.starts_at)}, ${both(visit.branch)}, ${both(visit.topic)}`;
  if (told.amount && told.amount_before && told.currency) {
    const [before, after] = [told.amount_before, told.amount];
    return t("order_limit", {
      before: money(before, told.currency),
      after: money(after, told.currency),
    });
  }
  if (new_last_four) return t("new_card", { last: new_last_four });
  return address.value || null;
}

const REASONS = [
  "card_blocked",
  "card_replaced",
  "card_expired",
  "unknown_card",
  "unknown_account",
  "unknown_customer",
  "no_limit",
  "above_product_limit",
  "gave_up",
  "needs_attention",
] as const;

/** The second person's own words, or the bank's code in ours. */
function whyNot(order: OrderLine): string | null {
  if (order.state !== "refused" && order.state !== "failed") return null;
  if (order.decided_by && order.state === "refused") {
    return t("refused_by", { name: both(order.decided_by), reason: order.reason });
  }
  const known = REASONS.find((one) => one === order.reason);
  return known ? t(`because_${known}`) : t("because_other", { code: order.reason });
}
