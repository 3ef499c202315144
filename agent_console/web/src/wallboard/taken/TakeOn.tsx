/** An alert is taken on by name, so that two do not do the same. */
import { useState } from "preact/hooks";
import type { AlertView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Button, Dialog, IconButton, TextArea, toast } from "../../ui/index.ts";
import { feed, may } from "../model/store.ts";
import { t } from "./texts.ts";

const MOST = 200;

export function TakenBy({ alert }: { alert: AlertView }) {
  if (!alert.acknowledged) return null;
  const { by, at, note } = alert.acknowledged;
  return (
    <p class="t3">
      {[t("taken", { name: both(by), time: clockTime(at) }), note].filter(Boolean).join(" · ")}
    </p>
  );
}

export function TakeOn({ alert }: { alert: AlertView }) {
  const [asks, setAsks] = useState(false);
  if (alert.acknowledged || !may("steer_contacts")) return null;
  return (
    <>
      <IconButton icon="check" label={t("take_on")} onClick={() => setAsks(true)} />
      {asks && <Ask alert={alert} onClose={() => setAsks(false)} />}
    </>
  );
}

function Ask({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const [note, setNote] = useState("");
  const submit = async (): Promise<void> => {
    const { id, severity } = alert;
    const answer = await feed.send("acknowledge_alert", { alert_id: id, severity, note });
    if (!done(answer)) return;
    onClose();
    toast({ tone: "ok", title: t("done") });
  };
  return (
    <Dialog
      title={t("take_on_title")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("take_on")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("take_on_more")}</p>
      <TextArea
        label={t("note")}
        value={note}
        rows={2}
        onInput={(text) => setNote(text.slice(0, MOST))}
      />
    </Dialog>
  );
}
