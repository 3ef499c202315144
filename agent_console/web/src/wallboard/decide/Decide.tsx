import { useState } from "preact/hooks";
import type { Both } from "../../contract.ts";
import { remedy } from "../../feed/index.ts";
import { both, clockTime, money } from "../../i18n/index.ts";
import { Banner, Button, Dialog, TextArea, toast } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

const KINDS = [
  "block_card",
  "replace_card",
  "change_limit",
  "change_address",
  "appointment",
] as const;
const WHYS = ["lost", "stolen", "fraud", "customer_wish", "damaged", "expired"] as const;

interface ToDecide {
  order_id: string;
  kind: (typeof KINDS)[number];
  asked_by: Both | null;
  asked_at: number;
  own: boolean;
  customer: { number: string; since_year: number };
  told: Record<string, string>;
}

/** Reads the order only when somebody means to decide: that it was read is in the audit. */
export function Decide({ orderId }: { orderId: string }) {
  const [order, setOrder] = useState<ToDecide | null>(null);
  const open = async (): Promise<void> => {
    const answer = await feed.send<ToDecide>("order_to_decide", { order_id: orderId });
    if (answer.ok) setOrder(answer.result);
    else refusedToast(answer.code);
  };
  return (
    <>
      <Button size="s" kind="primary" onClick={() => void open()}>
        {t("act_decide")}
      </Button>
      {order && <DecideDialog order={order} onClose={() => setOrder(null)} />}
    </>
  );
}

function refusedToast(code: string): void {
  toast({ tone: "bad", title: code === "order_decided" ? t("decided") : remedy(code) });
}

function DecideDialog({ order, onClose }: { order: ToDecide; onClose: () => void }) {
  const [refuses, setRefuses] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const length = reason.trim().length;
  const isGiven = length >= 3 && length <= 200;
  const decide = async (command: string, more: object, said: "approved" | "refused") => {
    const answer = await feed.send(command, { order_id: order.order_id, ...more });
    if (answer.ok) toast({ tone: "ok", title: t(said) });
    else refusedToast(answer.code);
    onClose();
  };
  const submit = (): void => {
    if (order.own) return;
    if (!refuses) return void decide("approve_order", {}, "approved");
    setTried(true);
    if (isGiven) void decide("refuse_order", { reason: reason.trim() }, "refused");
  };
  return (
    <Dialog
      title={t(`title_${order.kind}`)}
      size="s"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          {!order.own && !refuses && (
            <Button kind="danger-text" onClick={() => setRefuses(true)}>
              {t("refuse")}
            </Button>
          )}
          {!order.own && (
            <Button kind={refuses ? "danger" : "primary"} type="submit" autoFocus={!refuses}>
              {t(refuses ? "refuse" : "approve")}
            </Button>
          )}
        </>
      }
    >
      <p class="t2">
        {order.asked_by
          ? t("asked_by", { name: both(order.asked_by), time: clockTime(order.asked_at) })
          : t("asked_self", { time: clockTime(order.asked_at) })}
      </p>
      <Told order={order} />
      {order.own && (
        <Banner tone="risk" icon="users">
          {t("own")}
        </Banner>
      )}
      {refuses && (
        <TextArea
          label={t("refuse_reason")}
          required
          rows={2}
          value={reason}
          onInput={setReason}
          hint={t("refuse_hint")}
          error={tried && !isGiven ? t("refuse_needed") : null}
        />
      )}
    </Dialog>
  );
}

function Told({ order: { told, customer } }: { order: ToDecide }) {
  const why = WHYS.find((one) => one === told.reason);
  const lines: Array<[string, string]> = [
    [
      t("customer"),
      t("customer_is", { number: customer.number, year: String(customer.since_year) }),
    ],
  ];
  if (told.last_four) {
    lines.push([t(told.card_id ? "card" : "account"), `•••• ${told.last_four}`]);
  }
  if (told.amount && told.amount_before && told.currency) {
    const [before, after] = [told.amount_before, told.amount].map((one) =>
      money(one, told.currency ?? "CNY"),
    );
    lines.push([t("limit"), t("limit_is", { before: before ?? "", after: after ?? "" })]);
  }
  if (told.address) lines.push([t("address"), told.address]);
  if (why) lines.push([t("why"), t(`why_${why}`)]);
  return (
    <dl class="told">
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt class="t12 t3">{name}</dt>
          <dd class="fw5 tnum">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
