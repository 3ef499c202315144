/** Acts that end something for somebody: with a reason, or with a second look. */
import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, Input, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { close, open, type Reasoned } from "./dialogs.ts";
import { act, type UserRow } from "./model.ts";
import { t } from "./texts.ts";

const WORD = { disable: "disable", enable: "enable", "sign-out": "sign_out_user" } as const;
const WHY = { disable: "disable_why", enable: "enable_why", "sign-out": "sign_out_why" } as const;

export function ReasonDialog({ user, act: what }: { user: UserRow; act: Reasoned }) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!reason.trim()) return;
    try {
      await act(user, what, { reason: reason.trim() });
      toast({ tone: "ok", title: t(`did_${WORD[what]}`, { name: both(user.name) }) });
      close();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={`${t(WORD[what])}: ${both(user.name)}`}
      size="s"
      onClose={close}
      onSubmit={() => void submit()}
      footer={<Foot word={t(WORD[what])} danger={what !== "enable"} />}
    >
      <p class="t2">{t(WHY[what])}</p>
      <Input
        label={t("reason")}
        required
        autoFocus
        hint={t("reason_hint")}
        error={tried && !reason.trim() ? t("need_reason") : null}
        value={reason}
        onInput={setReason}
      />
    </Dialog>
  );
}

export function SureDialog({ user, act: what }: { user: UserRow; act: "reset" | "forget" }) {
  const submit = async (): Promise<void> => {
    try {
      if (what === "reset") {
        const { password } = await act<{ password: string }>(user, "password");
        open.value = { kind: "once", login: user.login, password };
      } else {
        await act(user, "authenticator/remove");
        toast({ tone: "ok", title: t("did_forget", { name: both(user.name) }) });
        close();
      }
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={`${t(what)}: ${both(user.name)}`}
      size="s"
      role="alertdialog"
      onClose={close}
      onSubmit={() => void submit()}
      footer={<Foot word={t(what)} danger />}
    >
      <p class="t2">{t(`${what}_why`)}</p>
    </Dialog>
  );
}

function Foot({ word, danger }: { word: string; danger: boolean }) {
  return (
    <>
      <Button onClick={close}>{t("cancel")}</Button>
      <Button kind={danger ? "danger" : "primary"} type="submit">
        {word}
      </Button>
    </>
  );
}
