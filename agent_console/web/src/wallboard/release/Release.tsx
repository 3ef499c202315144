import { useState } from "preact/hooks";
import { remedy } from "../../feed/index.ts";
import { Button, Dialog, TextArea, toast } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

/** Lets a customer who was missed too often try again, for a reason. */
export function Release({ contactId }: { contactId: string }) {
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button size="s" kind="primary" onClick={() => setAsks(true)}>
        {t("act_release")}
      </Button>
      {asks && <ReleaseDialog contactId={contactId} onClose={() => setAsks(false)} />}
    </>
  );
}

function ReleaseDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const length = reason.trim().length;
  const isGiven = length >= 3 && length <= 200;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!isGiven) return;
    const args = { contact_id: contactId, reason: reason.trim() };
    const answer = await feed.send("release_lock", args);
    if (answer.ok) toast({ tone: "ok", title: t("released") });
    else {
      const why = answer.code === "not_locked" ? t("over") : remedy(answer.code);
      toast({ tone: "bad", title: why });
    }
    onClose();
  };
  return (
    <Dialog
      title={t("title")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("act_release")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("more")}</p>
      <TextArea
        label={t("reason")}
        required
        rows={2}
        value={reason}
        onInput={setReason}
        hint={t("reason_hint")}
        error={tried && !isGiven ? t("reason_needed") : null}
      />
    </Dialog>
  );
}
