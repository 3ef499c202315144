import { useState } from "preact/hooks";
import type { ScreenPop } from "../../../contract.ts";
import { Button, Icon } from "../../../ui/index.ts";
import { closedBecause, openAction } from "./actions.ts";
import { AddressDialog } from "./dialogs.tsx";
import { t } from "./texts.ts";
import { VisitDialog } from "./VisitDialog.tsx";

/** What is about the customer and no single card or account. */
export function Service({ record }: { record: ScreenPop }) {
  const [asked, setAsked] = useState<"address" | "visit" | null>(null);
  const address = openAction(record, "change_address");
  const visit = openAction(record, "appointment");
  const closed = closedBecause(record, ["change_address", "appointment"]);
  if (!address && !visit && closed.length === 0) return null;
  const onClose = (): void => setAsked(null);
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("service")}</h3>
      </div>
      <div class="row row-1 wrap">
        {visit && (
          <Button size="s" icon="calendar" onClick={() => setAsked("visit")}>
            {t("appointment")}
          </Button>
        )}
        {address && (
          <Button size="s" icon="home" onClick={() => setAsked("address")}>
            {t("change_address")}
          </Button>
        )}
      </div>
      {closed.map((why) => (
        <p key={why} class="t12 t3 row row-1 closed-why">
          <Icon name="lock" size={12} />
          {why}
        </p>
      ))}
      {asked === "visit" && visit && (
        <VisitDialog contactId={record.contact_id} onClose={onClose} />
      )}
      {asked === "address" && address && (
        <AddressDialog action={address} contactId={record.contact_id} onClose={onClose} />
      )}
    </section>
  );
}
