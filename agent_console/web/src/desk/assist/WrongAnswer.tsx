import { useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
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
      onClick={() => (asked.value = { contact, seq: message.seq })}
    />
  );
}

/** The key for the assistant's newest words, and the question that follows. */
export function WrongAnswer({ contact }: { contact: ContactView }) {
  const ask = (): void => askAboutLast(contact);
  useShortcuts([{ keys: "Alt+Shift+KeyB", label: t("wrong_answer"), run: ask }]);
  return asked.value?.contact.id === contact.id ? <Ask /> : null;
}

function Ask() {
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
