import { useState } from "preact/hooks";
import { Button, Dialog, Input, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { ChangeList, useChanges } from "./Compare.tsx";
import { close } from "./dialogs.ts";
import { flow, publish } from "./model.ts";
import { t } from "./texts.ts";

/** Put the draft in force, with what changes in sight and a reason for those who come after. */
export function Publish() {
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const changes = useChanges(flow.value!.version);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!why.trim() || busy) return;
    setBusy(true);
    try {
      const version = await publish(why.trim());
      toast({ tone: "ok", title: t("published", { version }) });
      close();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("publish")}
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t("publish")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("publish_why")}</p>
      <Input
        label={t("reason")}
        required
        autoFocus
        error={tried && !why.trim() ? t("need_reason") : null}
        value={why}
        onInput={setWhy}
      />
      <ChangeList changes={changes} />
    </Dialog>
  );
}
