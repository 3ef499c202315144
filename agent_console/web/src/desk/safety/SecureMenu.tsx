import type { ContactView } from "../../contract.ts";
import { Icon, Menu } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { say } from "../model/outbox.ts";
import { headingOf } from "../written/heading.ts";
import { t } from "./texts.ts";

/** Beside the composer of a written talk: what waits behind a link and a code. */
export function SecureMenu({ contact }: { contact: ContactView }) {
  const send = (asksFiles: boolean): void => {
    const letter = headingOf(contact);
    const text = draftOf(contact.id).reply.trim() || (asksFiles ? t("ask_words") : "");
    if (!text || letter === null) return;
    const said = { contact_id: contact.id, text, ...(letter ? { letter } : {}) };
    say({ ...said, command: "send_secure", ...(asksFiles ? { asks_files: true } : {}) });
    draft(contact.id, { reply: "" });
  };
  const items = [
    { id: "send", label: t("secure_send"), onPick: () => send(false) },
    { id: "ask", label: t("secure_ask"), onPick: () => send(true) },
  ];
  return (
    <Menu class="btn btn-g btn-s" named label={t("secure")} items={items}>
      <Icon name="lock" size={14} />
      {t("secure_menu")}
    </Menu>
  );
}
