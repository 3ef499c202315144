import { useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Badge, Button, Dialog, IconButton, Input } from "../../ui/index.ts";
import { asked, askAboutLast, isReported, report } from "./wrong.ts";
import { t } from "./texts.ts";
import "./assist.css";

/** Beside the assistant's words: report them, or that it was done. */
export function ReportAnswer({ contact, message }: { contact: ContactView; message: MessageView }) {
  if (isReported(contact, message.seq)) {
    return (
      <Badge tone="risk" icon="flag">
        {t("reported")}
      </Badge>
    );
  }
  if (contact.my_role === "watching" || message.contact_id !== contact.id) return null;
  return (
    <IconButton
      class="report-answer"
      icon="flag"
      label={t("report_this")}
      onClick={() => (asked.value = { contact, message })}
    />
  );
}

/** The key for the assistant's newest words, and the question that follows. */
export function WrongAnswer({ contact }: { contact: ContactView }) {
  const ask = (): void => askAboutLast(contact);
  useShortcuts([{ keys: "Alt+Shift+KeyB", label: t("wrong_answer"), run: ask }]);
  const about = asked.value;
  if (about?.contact.id !== contact.id) return null;
  return <Ask contact={contact} message={about.message} />;
}

function Ask({ contact, message }: { contact: ContactView; message: MessageView }) {
  const [note, setNote] = useState("");
  const close = (): void => {
    asked.value = null;
  };
  return (
    <Dialog
      title={t("report_title")}
      size="s"
      onClose={close}
      onSubmit={() => void report(note.trim())}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("report")}
          </Button>
        </>
      }
    >
      <blockquote class="report-quote" aria-label={t("answer")} lang={htmlLang(contact.language)}>
        {message.text}
      </blockquote>
      <p class="t2">{t("report_why")}</p>
      <Input
        label={t("report_note")}
        autoFocus
        value={note}
        onInput={(to) => setNote(to.slice(0, 200))}
      />
    </Dialog>
  );
}
