import { useId, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { addressesIn, subjectIn } from "./heading.ts";
import { t } from "./texts.ts";
import "./written.css";

/** Over the words of a mail: its subject, and who gets a copy. */
export function MailHead({ contact }: { contact: ContactView }) {
  const { cc } = draftOf(contact.id);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const open = asked || cc !== "";
  return (
    <div class="mail-head">
      <div class="mail-line">
        <label for={`${id}-s`}>{t("subject")}</label>
        <input
          id={`${id}-s`}
          value={subjectIn(contact)}
          maxLength={200}
          lang={htmlLang(contact.language)}
          dir="auto"
          onInput={(event) => draft(contact.id, { subject: event.currentTarget.value })}
        />
        {!open && (
          <button type="button" class="linkish t12" onClick={() => setAsked(true)}>
            {t("copies")}
          </button>
        )}
      </div>
      {open && <Copies contact={contact} id={`${id}-c`} takesFocus={asked} />}
    </div>
  );
}

interface CopiesProps {
  contact: ContactView;
  id: string;
  takesFocus: boolean;
}

function Copies({ contact, id, takesFocus }: CopiesProps) {
  const { cc } = draftOf(contact.id);
  const [left, setLeft] = useState(false);
  const { bad } = addressesIn(cc);
  const isWrong = left && bad.length > 0;
  return (
    <>
      <div class="mail-line">
        <label for={id}>{t("copies")}</label>
        <input
          id={id}
          value={cc}
          maxLength={2000}
          autoComplete="off"
          autoFocus={takesFocus}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}-e` : undefined}
          onInput={(event) => draft(contact.id, { cc: event.currentTarget.value })}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
        />
      </div>
      {isWrong && (
        <p class="mail-wrong" id={`${id}-e`} role="alert">
          <Icon name="alert" size={14} /> {t("no_address", { words: bad.join(", ") })}
        </p>
      )}
    </>
  );
}
