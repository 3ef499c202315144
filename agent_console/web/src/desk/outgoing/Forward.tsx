import { useId, useRef, useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Input, Segmented, TextArea, Tick, toast } from "../../ui/index.ts";
import type { Guard } from "../model/outbox.ts";
import { messagesOf } from "../model/store.ts";
import { addressesIn } from "../written/heading.ts";
import { subjectOf } from "../written/letter.ts";
import { forward, forwardSubject, passing, stopPassing, type Stop } from "./forward.ts";
import { t } from "./texts.ts";
import "./outgoing.css";

/** The dialog of a letter that is passed on. */
export function ForwardDialog() {
  const what = passing.value;
  return what && <Opened key={what.message.seq} {...what} />;
}

interface OpenedProps {
  contact: ContactView;
  message: MessageView;
}

/** What is filled in, and what stands in its way. */
function useForward({ contact, message }: OpenedProps) {
  const key = useRef<string>(crypto.randomUUID());
  const subject = message.letter?.subject || subjectOf(messagesOf(contact));
  const [language, setLanguage] = useState(contact.language);
  const [typed, setTyped] = useState<string | null>(null);
  const [to, setTo] = useState("");
  const [cc, setCc] = useState("");
  const [bcc, setBcc] = useState("");
  const [note, setNote] = useState("");
  const [files, setFiles] = useState<readonly string[]>([]);
  const [sure, setSure] = useState<readonly Guard[]>([]);
  const [stop, setStop] = useState<Stop | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const goals = addressesIn(to);
  const copies = addressesIn(cc);
  const unseen = addressesIn(bcc);
  const wrong = {
    to: tried && (goals.good.length === 0 || goals.bad.length > 0),
    cc: tried && copies.bad.length > 0,
    bcc: tried && unseen.bad.length > 0,
  };
  const isWrong = goals.good.length === 0 || [goals, copies, unseen].some((one) => one.bad.length);
  const head = typed ?? forwardSubject(subject, language);
  const submit = async (more: readonly Guard[] = sure): Promise<void> => {
    setTried(true);
    if (isWrong || busy) return;
    setBusy(true);
    const what = {
      contact_id: contact.id,
      key: key.current,
      seq: message.seq,
      letter: { subject: head, to: goals.good, cc: copies.good, bcc: unseen.good },
      text: note.trim(),
      file_ids: [...files],
      language,
    };
    const why = await forward(what, more);
    setBusy(false);
    setStop(why);
    if (why) return;
    toast({ tone: "ok", title: t("passed_on") });
    stopPassing();
  };
  const insist = (guard: Guard): void => {
    const more = [...sure, guard];
    setSure(more);
    void submit(more);
  };
  const fields = { to, cc, bcc, note, head, language, files, wrong, stop, busy };
  const setters = { setTo, setCc, setBcc, setNote, setTyped, setLanguage, setFiles };
  return { ...fields, ...setters, submit, insist };
}

function Opened(props: OpenedProps) {
  const form = useForward(props);
  const { stop } = form;
  return (
    <Dialog
      title={t("forward_title")}
      size="l"
      onClose={stopPassing}
      onSubmit={() => void form.submit()}
      footer={
        <>
          <Button kind="ghost" onClick={stopPassing}>
            {t("cancel")}
          </Button>
          <Button kind="primary" icon="send" type="submit" aria-disabled={form.busy}>
            {t("forward")}
          </Button>
        </>
      }
    >
      {stop && (
        <Banner tone={stop.guard ? "risk" : "bad"} icon="alert">
          <div class="row wrap">
            <span>{stop.words}</span>
            {stop.guard && (
              <Button size="s" onClick={() => form.insist(stop.guard!)}>
                {t("send_all_the_same")}
              </Button>
            )}
          </div>
        </Banner>
      )}
      <Fields form={form} {...props} />
    </Dialog>
  );
}

type Form = ReturnType<typeof useForward>;

function Fields({ form, contact, message }: OpenedProps & { form: Form }) {
  const id = useId();
  return (
    <>
      <Input
        label={t("to")}
        value={form.to}
        onInput={form.setTo}
        autoComplete="off"
        autoFocus
        hint={t("to_hint")}
        error={form.wrong.to ? t("to_wrong") : null}
      />
      <Input
        label={t("copies")}
        value={form.cc}
        onInput={form.setCc}
        autoComplete="off"
        error={form.wrong.cc ? t("to_wrong") : null}
      />
      <Input
        label={t("unseen_copies")}
        value={form.bcc}
        onInput={form.setBcc}
        autoComplete="off"
        hint={t("unseen_hint")}
        error={form.wrong.bcc ? t("to_wrong") : null}
      />
      <Input label={t("subject")} value={form.head} onInput={form.setTyped} autoComplete="off" />
      <TextArea label={t("note_beside")} rows={4} value={form.note} onInput={form.setNote} />
      <Segmented
        label={t("note_language")}
        chosen={form.language}
        onChoose={form.setLanguage}
        items={[
          { id: "en", label: "English" },
          { id: "zh", label: "中文" },
        ]}
      />
      <Files form={form} contact={contact} />
      <p class="t12 t3" id={id}>
        {t("goes_on")}
      </p>
      <blockquote
        class="letter-q t13 forward-text"
        aria-describedby={id}
        lang={htmlLang(contact.language)}
        dir="auto"
      >
        {message.text}
      </blockquote>
      <p class="t12 t3">{t("forward_more")}</p>
    </>
  );
}

/** Files of the talk; none goes along unless it is chosen. */
function Files({ form, contact }: { form: Form; contact: ContactView }) {
  const all = messagesOf(contact).flatMap((one) => (one.file ? [one.file] : []));
  if (all.length === 0) return null;
  const { files, setFiles } = form;
  return (
    <fieldset class="field">
      <legend class="lbl">{t("files_along")}</legend>
      {all.map((file) => (
        <Tick
          key={file.id}
          label={file.name}
          checked={files.includes(file.id)}
          onChange={(isOn) =>
            setFiles(isOn ? [...files, file.id] : files.filter((one) => one !== file.id))
          }
        />
      ))}
    </fieldset>
  );
}
