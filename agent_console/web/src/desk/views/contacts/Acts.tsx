import { useState } from "preact/hooks";
import { lang } from "../../../i18n/index.ts";
import { httpFile } from "../../../lib/http.ts";
import { Icon, Menu, toast, type MenuItem } from "../../../ui/index.ts";
import { NoteDialog, OutcomeDialog, ReopenDialog, SendDialog } from "./dialogs.tsx";
import type { OpenedContact } from "./model.ts";
import { t } from "./texts.ts";
import { usePrint } from "./usePrint.ts";

interface ActsProps {
  contact: OpenedContact;
  reason: string;
  onChanged: () => void;
}

type Asked = "note" | "outcome" | "reopen" | "send";
const DIALOGS = {
  note: NoteDialog,
  outcome: OutcomeDialog,
  reopen: ReopenDialog,
  send: SendDialog,
};

/** What may be done with a closed contact; who did not serve it may read and export. */
export function Acts({ contact, reason, onChanged }: ActsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const items: MenuItem[] = [];
  const add = (id: Asked, label: string, icon: "note" | "edit" | "refresh" | "mail"): void =>
    void items.push({ id, label, mark: <Icon name={icon} />, onPick: () => setAsked(id) });
  if (contact.theirs) {
    add("note", t("add_note"), "note");
    if (contact.disposition) add("outcome", t("correct"), "edit");
    add("reopen", t("reopen"), "refresh");
    if (contact.can_send) add("send", t("send"), "mail");
  }
  const keep = (): void => void exportIt(contact, reason);
  items.push({ id: "export", label: t("export"), mark: <Icon name="download" />, onPick: keep });
  const onPaper = usePrint();
  const print = (): void =>
    void exported(contact, reason).then(async (file) => file && onPaper(await file.text()));
  items.push({ id: "print", label: t("print"), mark: <Icon name="file" />, onPick: print });
  const Asking = asked ? DIALOGS[asked] : null;
  return (
    <>
      <Menu class="ib" label={t("more_acts")} title={t("more_acts")} items={items}>
        <Icon name="more" />
      </Menu>
      {Asking && (
        <Asking contact={contact} onClose={() => setAsked(null)} onChanged={onChanged} />
      )}
    </>
  );
}

/** The text that the server redacted by right; it is in the audit. */
async function exported(contact: OpenedContact, reason: string): Promise<Blob | null> {
  const asked = { contact_id: contact.id, language: lang.value, reason };
  const file = await httpFile("/api/closed-contacts/export", asked).catch(() => null);
  if (!file) toast({ tone: "bad", title: t("failed") });
  return file;
}

async function exportIt(contact: OpenedContact, reason: string): Promise<void> {
  const file = await exported(contact, reason);
  if (!file) return;
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = `contact-${contact.reference}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}

