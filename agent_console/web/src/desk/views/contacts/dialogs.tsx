import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { both } from "../../../i18n/index.ts";
import { remedy } from "../../../feed/problem.ts";
import { HttpProblem } from "../../../lib/http.ts";
import { Button, Dialog, Input, TextArea, toast } from "../../../ui/index.ts";
import { choose, setup } from "../../model/store.ts";
import { Choose, outcomes } from "./Filter.tsx";
import { ask, type OpenedContact } from "./model.ts";
import { t } from "./texts.ts";

interface AskProps {
  contact: OpenedContact;
  onClose: () => void;
  onChanged: () => void;
}

/** Send it; says what was done, or why not, and closes when it was. */
async function act<T>(path: string, body: object, said: string): Promise<T | null> {
  try {
    const answer = await ask<T>(path, body);
    toast({ tone: "ok", title: said });
    return answer;
  } catch (problem) {
    const code = problem instanceof HttpProblem ? problem.code : "offline";
    const own = code === "conversation_open" ? t("conversation_open") : null;
    const text = own ?? (code === "wrap_up_open" ? t("wrap_up_first") : remedy(code));
    toast({ tone: "bad", title: t("failed"), text });
    return null;
  }
}

export function NoteDialog({ contact, onClose, onChanged }: AskProps) {
  const [text, setText] = useState("");
  const submit = async (): Promise<void> => {
    if (text.trim() === "") return;
    const body = { contact_id: contact.id, text: text.trim() };
    if (!(await act("note", body, t("note_added")))) return;
    onChanged();
    onClose();
  };
  return (
    <Asking title={t("add_note")} word={t("add_note")} onClose={onClose} onSubmit={submit}>
      <TextArea label={t("note")} rows={4} value={text} onInput={setText} required />
    </Asking>
  );
}

export function OutcomeDialog({ contact, onClose, onChanged }: AskProps) {
  const [code, setCode] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (code === "" || reason.trim().length < 3) return;
    const body = { contact_id: contact.id, disposition: code, reason: reason.trim() };
    if (!(await act("outcome", body, t("outcome_corrected")))) return;
    onChanged();
    onClose();
  };
  const others = outcomes(contact.queue_id).filter((one) => one.code !== contact.disposition);
  return (
    <Asking title={t("correct_title")} word={t("correct")} onClose={onClose} onSubmit={submit}>
      <p class="t2">{t("correct_more")}</p>
      <Choose label={t("outcome")} value={code} onChoose={setCode}>
        <option value="">{t("choose_outcome")}</option>
        {others.map((one) => (
          <option key={one.code} value={one.code}>
            {both(one.label)}
          </option>
        ))}
      </Choose>
      <Input
        label={t("reason")}
        value={reason}
        onInput={setReason}
        error={tried && reason.trim().length < 3 ? t("reason_short") : null}
        required
      />
    </Asking>
  );
}

export function ReopenDialog({ contact, onClose }: AskProps) {
  const [queue, setQueue] = useState("");
  const submit = async (): Promise<void> => {
    const body = { contact_id: contact.id, queue_id: queue || null };
    const done = await act<{ contact_id: string }>("reopen", body, t("reopened"));
    if (!done) return;
    onClose();
    if (queue === "") choose(done.contact_id);
  };
  return (
    <Asking title={t("reopen_title")} word={t("reopen")} onClose={onClose} onSubmit={submit}>
      <p class="t2">{t("reopen_more")}</p>
      <Choose label={t("queue")} value={queue} onChoose={setQueue}>
        <option value="">{t("for_me")}</option>
        {(setup.value?.queues ?? []).map((one) => (
          <option key={one.id} value={one.id}>
            {both(one.name)}
          </option>
        ))}
      </Choose>
    </Asking>
  );
}

export function SendDialog({ contact, onClose }: AskProps) {
  const submit = async (): Promise<void> => {
    if (await act("send", { contact_id: contact.id }, t("sent"))) onClose();
  };
  return (
    <Asking title={t("send_title")} word={t("send_now")} onClose={onClose} onSubmit={submit}>
      <p class="t2">{t("send_more")}</p>
    </Asking>
  );
}

interface AskingProps {
  title: string;
  word: string;
  onClose: () => void;
  onSubmit: () => Promise<void>;
  children: ComponentChildren;
}

function Asking({ title, word, onClose, onSubmit, children }: AskingProps) {
  return (
    <Dialog
      title={title}
      size="s"
      onClose={onClose}
      onSubmit={() => void onSubmit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {word}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
