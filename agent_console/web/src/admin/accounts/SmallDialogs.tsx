import { useState } from "preact/hooks";
import { lang } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Input, Select, toast } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { act, close } from "./model.ts";
import { t } from "./texts.ts";
import { troubleWords } from "./trouble.ts";
import type { Account } from "./types.ts";

interface Props {
  account: Account;
}

/** A few words of ours to an address, at once. */
export function TestDialog({ account }: Props) {
  const isMail = account.channel === "email";
  const [to, setTo] = useState(isMail ? account.account : "");
  const [language, setLanguage] = useState<string>(lang.value);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    try {
      const { code } = await act<{ code: string }>(account, "test", { to: to.trim(), language });
      setWrong(code);
      if (code === "") {
        toast({ tone: "ok", title: t("test_sent"), text: t("test_sent_why") });
        close();
      }
    } catch (problem) {
      sayProblem(problem);
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t("test_title", { account: account.account })}
      size="s"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" icon="send" type="submit" aria-disabled={busy}>
            {t(busy ? "sending" : "send_test")}
          </Button>
        </>
      }
    >
      <p class="t2">{t(isMail ? "test_mail_why" : "test_text_why")}</p>
      <Input
        label={t(isMail ? "test_to_mail" : "test_to_number")}
        required
        spellcheck={false}
        autoCapitalize="none"
        value={to}
        onInput={setTo}
      />
      <Select label={t("test_language")} value={language} onChange={setLanguage}>
        <option value="en">English</option>
        <option value="zh">中文</option>
      </Select>
      {wrong !== "" && (
        <Banner tone="bad" icon="alert" role="alert">
          {troubleWords(wrong)}
        </Banner>
      )}
    </Dialog>
  );
}

/** Forget an account that was connected here. */
export function RemoveDialog({ account }: Props) {
  const submit = async (): Promise<void> => {
    try {
      await act(account, "remove");
      toast({ tone: "ok", title: t("removed", { account: account.account }) });
      close();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("remove_title", { account: account.account })}
      size="s"
      role="alertdialog"
      onClose={close}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={close}>
            {t("cancel")}
          </Button>
          <Button kind="danger" type="submit">
            {t("remove")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("remove_why")}</p>
      {account.waiting > 0 && (
        <Banner tone="risk" icon="alert">
          {t("remove_waits", { count: account.waiting })}
        </Banner>
      )}
    </Dialog>
  );
}
