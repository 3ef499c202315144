import { useState } from "preact/hooks";
import type { CardLine, ContactView } from "../../contract.ts";
import { Banner, Button } from "../../ui/index.ts";
import { records } from "../model/store.ts";
import { openAction } from "../record/banking/actions.ts";
import { BlockDialog, cardName } from "../record/banking/dialogs.tsx";
import { judge, PAYMENT_CHECK, verdictIn, type Verdict } from "./judge.ts";
import { t } from "./texts.ts";

/** Under the evidence of a check: the two answers; after fraud, the card. */
export function PaymentCheck({ contact }: { contact: ContactView }) {
  const task = contact.hand_off?.task;
  if (task?.kind !== PAYMENT_CHECK) return null;
  const verdict = verdictIn(contact);
  const mayJudge = contact.my_role === "owner" && contact.state === "assigned";
  if (verdict === "fraud" && mayJudge) return <BlockCard contact={contact} />;
  if (verdict !== null || !mayJudge) return null;
  return (
    <section class="payment-check" aria-label={t("verdict")}>
      <h4 class="fw6">{t("verdict")}</h4>
      <p class="t12 t2">{t("verdict_more")}</p>
      <Verdicts taskId={task.id} />
    </section>
  );
}

interface VerdictsProps {
  taskId: string;
  small?: boolean;
  onJudged?: () => void;
}

export function Verdicts({ taskId, small = false, onJudged }: VerdictsProps) {
  const [busy, setBusy] = useState(false);
  const give = async (verdict: Verdict): Promise<void> => {
    if (busy) return;
    setBusy(true);
    if (await judge(taskId, verdict)) onJudged?.();
    setBusy(false);
  };
  const size = small ? "s" : "m";
  return (
    <div class="row">
      <Button size={size} icon="check" aria-disabled={busy} onClick={() => void give("genuine")}>
        {t("genuine")}
      </Button>
      <Button
        size={size}
        kind="danger"
        icon="alert"
        aria-disabled={busy}
        onClick={() => void give("fraud")}
      >
        {t("fraud")}
      </Button>
    </div>
  );
}

function BlockCard({ contact }: { contact: ContactView }) {
  const [card, setCard] = useState<CardLine | null>(null);
  const record = records.value[contact.id];
  const action = record && openAction(record, "block_card");
  if (!record || !action) return null;
  const cards = record.cards.filter(
    (one) => one.state === "active" && one.number.shown !== "closed",
  );
  return (
    <section class="payment-check" aria-label={t("judged_fraud")}>
      <Banner tone="risk" icon="card">
        {cards.length > 0 ? t("block_next") : t("no_card")}
      </Banner>
      <div class="row wrap">
        {cards.map((one) => (
          <Button key={one.id} size="s" kind="danger" onClick={() => setCard(one)}>
            {t("block_card", { card: cardName(one) })}
          </Button>
        ))}
      </div>
      {card && (
        <BlockDialog
          card={card}
          action={action}
          contactId={contact.id}
          because="fraud"
          onClose={() => setCard(null)}
        />
      )}
    </section>
  );
}
