import { useState } from "preact/hooks";
import type { OrderLine, ScreenPop } from "../../../contract.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { serverNow } from "../../../lib/clock.ts";
import { Button } from "../../../ui/index.ts";
import { openAction } from "./actions.ts";
import { OrderDialog } from "./OrderDialog.tsx";
import { t } from "./texts.ts";
import { VisitDialog } from "./VisitDialog.tsx";

/** An appointment that lies ahead can be moved or given back. */
export function VisitActions({ order, record }: { order: OrderLine; record: ScreenPop }) {
  const [open, setOpen] = useState<"move" | "cancel" | null>(null);
  const close = (): void => setOpen(null);
  const { visit } = order;
  const isAhead = order.state === "applied" && visit && visit.starts_at > serverNow();
  if (!isAhead || !openAction(record, "appointment")) return null;
  return (
    <div class="row row-1">
      <Button size="s" onClick={() => setOpen("move")}>
        {t("do_move_visit")}
      </Button>
      <Button size="s" kind="danger-text" onClick={() => setOpen("cancel")}>
        {t("do_cancel_visit")}
      </Button>
      {open === "move" && (
        <VisitDialog contactId={record.contact_id} orderId={order.id} onClose={close} />
      )}
      {open === "cancel" && (
        <OrderDialog
          title={t("cancel_visit_title")}
          act={t("do_cancel_visit")}
          danger
          command="cancel_appointment"
          contactId={record.contact_id}
          args={{ order_id: order.id }}
          onClose={close}
        >
          <p>
            {exactTime(visit.starts_at)}, {both(visit.branch)}
          </p>
        </OrderDialog>
      )}
    </div>
  );
}
