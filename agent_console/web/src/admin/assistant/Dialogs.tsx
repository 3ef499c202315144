import { useState } from "preact/hooks";
import type { Lang } from "../../contract.ts";
import { both, exactTime, lang } from "../../i18n/index.ts";
import { Badge, Banner, Button, Dialog, Field, Input, Select } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
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
function Reason({ what }: { what: "hand_in" | "publish" | "send_back" }) {
  const asked = draft.value?.asked;
  const [why, setWhy] = useState(what === "publish" ? (asked?.why ?? "") : "");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!why.trim() || busy) return;
    setBusy(true);
    try {
      await act(PATHS[what], why.trim());
      done(t(DONE[what]));
      closeDialog();
    } catch (problem) {
      setBusy(false);
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t(what)}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeDialog}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" aria-disabled={busy}>
            {t(what)}
          </Button>
        </>
      }
    >
      <p class="t2">{t(`${what}_why`)}</p>
      {what === "publish" && asked && (
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
    </Dialog>
  );
}

const PATHS = { hand_in: "hand-in", publish: "publish", send_back: "send-back" } as const;
const DONE = { hand_in: "handed_in", publish: "in_force_now", send_back: "sent_back" } as const;

/** Every version, and a way back to an old one. */
function Versions() {
  const [back, setBack] = useState<number | null>(null);
  const [why, setWhy] = useState("");
  const submit = async (): Promise<void> => {
    if (back === null || !why.trim()) return;
    try {
      await rollBack(back, why.trim());
      done(t("in_force_now"));
      closeDialog();
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return (
    <Dialog
      title={t("versions")}
      size="l"
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeDialog}>{t("close")}</Button>
          {back !== null && (
            <Button kind="primary" type="submit">
              {t("roll_back_to", { version: back })}
            </Button>
          )}
        </>
      }
    >
      {back !== null && (
        <Input key={back} label={t("reason")} required autoFocus value={why} onInput={setWhy} />
      )}
      <VersionTable onBack={setBack} />
    </Dialog>
  );
}

function VersionTable({ onBack }: { onBack: (number: number) => void }) {
  const here = view.value!;
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col" class="num">
            {t("number")}
          </th>
          <th scope="col">{t("when")}</th>
          <th scope="col">{t("who")}</th>
          <th scope="col">{t("reason")}</th>
          <th scope="col">
            <span class="sr">{t("roll_back")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {here.versions.map((one) => (
          <tr key={one.number}>
            <td class="num">{one.number}</td>
            <td>{exactTime(one.at)}</td>
            <td>{one.by ? both(one.by) : t("from_files")}</td>
            <td class="teach-text">{one.why}</td>
            <td class="acts">
              {one.number === here.number ? (
                <Badge tone="ok">{t("in_force")}</Badge>
              ) : (
                mayWrite.value && (
                  <Button size="s" onClick={() => onBack(one.number)}>
                    {t("roll_back")}
                  </Button>
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
