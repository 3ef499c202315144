import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Input, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { ChangeList, useChanges } from "./Compare.tsx";
import { close } from "./dialogs.ts";
import { draft, flow, handIn, publish, sendBack } from "./model.ts";
import { t } from "./texts.ts";

interface Props {
  act: "hand_in" | "publish" | "send_back";
}

/** Hand the draft in, publish it or send it back: what changes in sight, and a reason. */
export function Publish({ act }: Props) {
  const asked = draft.value?.asked;
  const [why, setWhy] = useState(act === "publish" ? (asked?.why ?? "") : "");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const changes = useChanges(flow.value!.version);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!why.trim() || busy) return;
    setBusy(true);
    try {
      toast({ tone: "ok", title: await carryOut(act, why.trim()) });
      close();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t(act)}
      size="l"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t(act)}
          </Button>
        </>
      }
    >
      <p class="t2">{t(`${act}_why`)}</p>
      {act === "publish" && asked && (
        <Banner tone="info" icon="user">
          {t("asked_by", { name: asked.by ? both(asked.by) : "–" })}: {asked.why}
        </Banner>
      )}
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

async function carryOut(act: Props["act"], why: string): Promise<string> {
  switch (act) {
    case "hand_in":
      await handIn(why);
      return t("handed_in");
    case "send_back":
      await sendBack(why);
      return t("sent_back");
    case "publish":
      return t("published", { version: await publish(why) });
  }
}
