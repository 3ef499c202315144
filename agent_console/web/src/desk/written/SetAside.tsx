import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { exactTime } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Dialog, Segmented, toast } from "../../ui/index.ts";
import { feed, titleOf } from "../model/store.ts";
import { t } from "../views/letters/texts.ts";
import { useWhen } from "../views/tasks/WhenField.tsx";

const KEYS = "Alt+Shift+KeyW";

/** Lay a written contact aside: the hands are free while the customer, or a day, is waited for. */
export function SetAside({ contact }: { contact: ContactView }) {
  const [asking, setAsking] = useState(false);
  useShortcuts([{ keys: KEYS, label: t("set_aside"), run: () => setAsking(true) }]);
  return (
    <>
      <Button
        size="s"
        icon="clock"
        aria-keyshortcuts="Alt+Shift+W"
        title="Alt Shift W"
        onClick={() => setAsking(true)}
      >
        {t("set_aside")}
      </Button>
      {asking && <AsideDialog contact={contact} onClose={() => setAsking(false)} />}
    </>
  );
}

type For = "customer" | "day";

function AsideDialog({ contact, onClose }: { contact: ContactView; onClose: () => void }) {
  const [waits, setWaits] = useState<For>("customer");
  const { when, field } = useWhen();
  const isReady = waits === "customer" || !when.error;
  const submit = async (): Promise<void> => {
    if (!isReady) return;
    const until = waits === "day" ? { until: when.at } : {};
    const answer = await feed.send<{ until: number }>("set_aside", {
      contact_id: contact.id,
      ...until,
    });
    if (!done(answer) || !answer.ok) return;
    toast({ tone: "ok", title: t("laid_aside", { time: exactTime(answer.result.until) }) });
    onClose();
  };
  return (
    <Dialog
      title={t("set_aside_title", { name: titleOf(contact) })}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" disabled={!isReady}>
            {t("set_aside")}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("set_aside")}
        chosen={waits}
        onChoose={setWaits}
        items={[
          { id: "customer", label: t("for_customer") },
          { id: "day", label: t("for_day") },
        ]}
      />
      <p class="t12 t2">{t(waits === "customer" ? "for_customer_more" : "for_day_more")}</p>
      {waits === "day" && field}
    </Dialog>
  );
}
