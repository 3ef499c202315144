import { useState } from "preact/hooks";
import type { ContactView, DeliveryView, MessageView } from "../../contract.ts";
import { done, remedy } from "../../feed/index.ts";
import { Icon, type IconName } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

const ICONS: Record<DeliveryView["state"], IconName> = {
  queued: "clock",
  sent: "check",
  delivered: "checks",
  failed: "alert",
  unknown: "alert",
};

interface MarkProps {
  message: MessageView;
  delivery: DeliveryView;
  contact: ContactView;
}

/** Where our words are on their way; what did not arrive can be sent again. */
export function DeliveryMark({ message, delivery, contact }: MarkProps) {
  const { state, error_code: code } = delivery;
  const isOver = state === "failed" || state === "unknown";
  return (
    <span class={`meta delivery ${isOver ? "breach" : ""}`} data-delivery={state}>
      <Icon name={ICONS[state]} />
      <span role={isOver ? "status" : undefined}>{t(`delivery_${state}`)}</span>
      {code && (
        <span class="trunc" title={remedy(code)}>
          · {why(code)}
        </span>
      )}
      {isOver && <Again contact={contact} seq={message.seq} isUnknown={state === "unknown"} />}
    </span>
  );
}

const WHYS = ["opted_out", "address_held"] as const;

function why(code: string): string {
  const known = WHYS.find((one) => one === code);
  return known ? t(`delivery_why_${known}`) : code;
}

function Again(props: { contact: ContactView; seq: number; isUnknown: boolean }) {
  const { contact, seq, isUnknown } = props;
  const [busy, setBusy] = useState(false);
  if (contact.my_role !== "owner" && contact.my_role !== "wrap_up") return null;
  const again = async (): Promise<void> => {
    setBusy(true);
    done(await feed.send("retry_delivery", { contact_id: contact.id, seq }));
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="linkish"
      title={isUnknown ? t("delivery_unknown_why") : undefined}
      disabled={busy}
      onClick={() => void again()}
    >
      {t("send_again")}
    </button>
  );
}
