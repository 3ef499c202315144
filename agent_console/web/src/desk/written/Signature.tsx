/** What the hub will put below the words of a mail. */
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { me, setup } from "../model/store.ts";
import { replyLanguage } from "./heading.ts";
import { t } from "./texts.ts";
import "./written.css";

/** The signature of the mailbox in the language of the reply; empty where it has none. */
export function signatureOf(contact: ContactView): string {
  const language = replyLanguage(contact);
  const account = (setup.value?.accounts ?? []).find(
    (one) => one.channel === contact.channel && one.id === contact.account,
  );
  const text = account?.signature[language] || account?.signature.en || "";
  const name = me.value?.name;
  return text.replaceAll("{agent_name}", name?.[language] || name?.en || "");
}

export function Signature({ contact }: { contact: ContactView }) {
  const text = signatureOf(contact);
  if (!text) return null;
  return (
    <div
      class="mail-signature"
      role="note"
      aria-label={t("signature")}
      title={t("signature_why")}
      lang={htmlLang(replyLanguage(contact))}
    >
      {text}
    </div>
  );
}
