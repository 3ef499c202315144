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
  const { my_role: role } = contact;
  const again = role === "owner" || role === "wrap_up" ? contact.id : null;
  return <Delivered seq={message.seq} delivery={delivery} again={again} />;
}

interface DeliveredProps {
  seq: number;
  delivery: DeliveryView;
  /** The contact in whose name the viewer may send it again; null: they may not. */
  again: string | null;
  onAgain?: () => void;
}

export function Delivered({ seq, delivery, again, onAgain }: DeliveredProps) {
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
      {isOver && again && (
        <Again contactId={again} seq={seq} isUnknown={state === "unknown"} onAgain={onAgain} />
      )}
    </span>
  );
}

const WHYS = ["opted_out", "address_held"] as const;

function why(code: string): string {
  const known = WHYS.find((one) => one === code);
  return known ? t(`delivery_why_${known}`) : code;
}

interface AgainProps {
  contactId: string;
  seq: number;
  isUnknown: boolean;
  onAgain: (() => void) | undefined;
}

function Again({ contactId, seq, isUnknown, onAgain }: AgainProps) {
  const [busy, setBusy] = useState(false);
  const again = async (): Promise<void> => {
    setBusy(true);
    const isAsked = done(await feed.send("retry_delivery", { contact_id: contactId, seq }));
    setBusy(false);
    if (isAsked) onAgain?.();
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
