import { useId, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Icon } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { addressesIn, goalOf, othersIn, replyLanguage, subjectIn } from "./heading.ts";
import { t } from "./texts.ts";
import "./written.css";

const REPLY_ALL_KEYS = "Alt+Shift+KeyR";
const COPIES = ["cc", "bcc"] as const;
type Copies = (typeof COPIES)[number];

/** Over the words of a mail: to whom they go, their subject, and who gets a copy. */
export function MailHead({ contact }: { contact: ContactView }) {
  const kept = draftOf(contact.id);
  const [asked, setAsked] = useState<readonly Copies[]>([]);
  const id = useId();
  const isOpen = (one: Copies): boolean => asked.includes(one) || kept[one] !== "";
  return (
    <div class="mail-head">
      <ToLine contact={contact} />
      <div class="mail-line">
        <label for={`${id}-s`}>{t("subject")}</label>
        <input
          id={`${id}-s`}
          value={subjectIn(contact)}
          maxLength={200}
          lang={htmlLang(replyLanguage(contact))}
          dir="auto"
          onInput={(event) => draft(contact.id, { subject: event.currentTarget.value })}
        />
        {COPIES.filter((one) => !isOpen(one)).map((one) => (
          <button
            key={one}
            type="button"
            class="linkish t12"
            title={t(`${one}_why`)}
            onClick={() => setAsked([...asked, one])}
          >
            {t(one)}
          </button>
        ))}
      </div>
      {COPIES.filter(isOpen).map((one) => (
        <CopiesLine
          key={one}
          contact={contact}
          of={one}
          id={`${id}-${one}`}
          takesFocus={asked.at(-1) === one}
        />
      ))}
    </div>
  );
}

/** Answers go to who wrote; everybody else only when the agent says so. */
function ToLine({ contact }: { contact: ContactView }) {
  const goal = goalOf(contact);
  const { cc } = draftOf(contact.id);
  const there = new Set(addressesIn(cc).good.map((one) => one.toLowerCase()));
  const others = othersIn(contact).filter((one) => !there.has(one.toLowerCase()));
  const answerAll = (): void => {
    draft(contact.id, { cc: [cc.trim(), ...others].filter(Boolean).join(", ") });
    document.getElementById("composer")?.focus();
  };
  useShortcuts(
    others.length > 0 ? [{ keys: REPLY_ALL_KEYS, label: t("reply_all"), run: answerAll }] : [],
  );
  if (!goal) return null;
  return (
    <div class="mail-line">
      <span class="mail-label">{t("to")}</span>
      <span class="grow trunc t13" dir="auto">
        {goal}
      </span>
      {others.length > 0 && (
        <button
          type="button"
          class="linkish t12"
          aria-keyshortcuts="Alt+Shift+R"
          title={`${others.join(", ")} (Alt Shift R)`}
          onClick={answerAll}
        >
          {t("reply_all_count", { count: others.length })}
        </button>
      )}
    </div>
  );
}

interface CopiesProps {
  contact: ContactView;
  of: Copies;
  id: string;
  takesFocus: boolean;
}

function CopiesLine({ contact, of, id, takesFocus }: CopiesProps) {
  const typed = draftOf(contact.id)[of];
  const [left, setLeft] = useState(false);
  const { bad } = addressesIn(typed);
  const isWrong = left && bad.length > 0;
  return (
    <>
      <div class="mail-line">
        <label for={id}>{t(of)}</label>
        <input
          id={id}
          value={typed}
          maxLength={2000}
          autoComplete="off"
          autoFocus={takesFocus}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}-e` : undefined}
          onInput={(event) => draft(contact.id, { [of]: event.currentTarget.value })}
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
