import { useState } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { lang } from "../../i18n/index.ts";
import { Button, Dialog, Field, Input, Select } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { Reasoned } from "../publishing/Reasoned.tsx";
import type { Act } from "../publishing/types.ts";
import { Versions as Listed } from "../publishing/Versions.tsx";
import { done } from "./Head.tsx";
import { IntentSelect } from "./IntentSelect.tsx";
import {
  act,
  closeDialog,
  dialog,
  discard,
  draft,
  keep,
  mayWrite,
  rollBack,
  view,
} from "./model.ts";
import { t } from "./texts.ts";

export function Dialogs() {
  switch (dialog.value) {
    case "hand_in":
    case "publish":
    case "send_back":
      return <Reason key={dialog.value} what={dialog.value} />;
    case "versions":
      return <Versions />;
    case "discard":
      return <Discard />;
    case "add":
      return <Add />;
    default:
      return null;
  }
}

/** Hand in, publish or send back, with a reason. */
function Reason({ what }: { what: Act }) {
  return (
    <Reasoned
      act={what}
      lead={t(`${what}_why`)}
      asked={draft.value?.asked}
      onAct={async (why) => {
        await act(PATHS[what], why);
        done(t(DONE[what]));
      }}
      onClose={closeDialog}
    />
  );
}

const PATHS = { hand_in: "hand-in", publish: "publish", send_back: "send-back" } as const;
const DONE = { hand_in: "handed_in", publish: "in_force_now", send_back: "sent_back" } as const;

function Versions() {
  const { versions, number } = view.value!;
  return (
    <Listed
      versions={versions}
      inForce={number}
      mayRollBack={mayWrite.value}
      onRollBack={async (back, why) => {
        await rollBack(back, why);
        done(t("in_force_now"));
      }}
      onClose={closeDialog}
    />
  );
}

function Discard() {
  const submit = async (): Promise<void> => {
    await discard().then(() => done(t("discarded")), sayProblem);
    closeDialog();
  };
  return (
    <Dialog
      title={t("discard")}
      size="s"
      role="alertdialog"
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeDialog}>{t("cancel")}</Button>
          <Button kind="danger" type="submit">
            {t("discard")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("discard_why")}</p>
    </Dialog>
  );
}

function Add() {
  const [text, setText] = useState("");
  const [intent, setIntent] = useState("");
  const [language, setLanguage] = useState<Lang>(lang.value);
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!text.trim() || !intent) return;
    try {
      await keep([...view.value!.sentences, { text: text.trim(), intent, language }]);
      closeDialog();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("add_sentence")}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeDialog}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("add_sentence")}
          </Button>
        </>
      }
    >
      <Input
        label={t("sentence")}
        required
        autoFocus
        error={tried && !text.trim() ? t("need_sentence") : null}
        value={text}
        onInput={setText}
      />
      <Field label={t("means")} required error={tried && !intent ? t("choose_intent") : null}>
        {() => <IntentSelect label={t("means")} value={intent} onChoose={setIntent} />}
      </Field>
      <Select
        label={t("language")}
        value={language}
        onChange={(to) => setLanguage(to === "zh" ? "zh" : "en")}
      >
        <option value="en">{t("language_en")}</option>
        <option value="zh">{t("language_zh")}</option>
      </Select>
    </Dialog>
  );
}
