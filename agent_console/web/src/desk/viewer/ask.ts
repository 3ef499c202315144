/** Ask the customer of a written talk for a document by a secure link. */
import type { ContactView } from "../../contract.ts";
import { toast } from "../../ui/index.ts";
import { say } from "../model/outbox.ts";
import { records } from "../model/store.ts";
import { headingOf } from "../written/heading.ts";
import { t } from "./texts.ts";

/** A link is opened with a code that goes to another address of the record: a guest has none. */
export const mayAsk = (contact: ContactView | null | undefined): contact is ContactView =>
  (contact?.channel === "email" || contact?.channel === "sms") &&
  contact.my_role === "owner" &&
  Boolean(records.value[contact.id]?.customer);

export function askByLink(contact: ContactView): void {
  const letter = headingOf(contact);
  if (letter === null) return;
  const said = { contact_id: contact.id, text: t("ask_words"), ...(letter ? { letter } : {}) };
  say({ ...said, command: "send_secure", asks_files: true });
  toast({ tone: "ok", title: t("asked") });
}
