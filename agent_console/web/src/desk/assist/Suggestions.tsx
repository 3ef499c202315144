import { useEffect } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Icon, toast } from "../../ui/index.ts";
import { mayReply } from "../articles/model.ts";
import { draftOf } from "../model/drafts.ts";
import { messagesOf } from "../model/store.ts";
import { replyLanguage } from "../written/heading.ts";
import { found, look, nameOf, openWords, use, type Suggestion } from "./suggestions.ts";
import { t } from "./texts.ts";
import "./assist.css";

const LOOK_AFTER_MS = 300;
const MOST = 3;
const COMPOSER = "composer";

/** Over the composer while the customer waits for an answer: what might be said. */
export function Suggestions({ contact }: { contact: ContactView }) {
  const words = openWords(messagesOf(contact));
  const asked = mayReply(contact) && contact.state === "assigned" && words !== "";
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => void look(contact, words), LOOK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [asked, contact.id, words]);
  const now = found.value;
  const isOpen = asked && now?.of === nameOf(contact, words) && !draftOf(contact.id).reply.trim();
  const some = isOpen ? now.suggestions.slice(0, MOST) : [];
  const take = (one: Suggestion | undefined): void => {
    if (!one) return;
    use(contact, one);
    toast({ tone: "ok", title: t("used") });
    document.getElementById(COMPOSER)?.focus();
  };
  useShortcuts([{ keys: "Alt+KeyV", label: t("use_first"), run: () => take(some[0]) }]);
  if (some.length === 0) return null;
  return (
    <div class="suggestions" role="group" aria-label={t("suggestions")}>
      <span class="t12 t3 row row-1">
        <Icon name="sparkles" size={14} />
        {t("suggested")}
      </span>
      {some.map((one, at) => (
        <button
          key={one.id}
          type="button"
          class="suggestion"
          title={one.text}
          onClick={() => take(one)}
        >
          <Icon name={one.isArticle ? "book" : "zap"} size={14} />
          <b class="fw5">{one.title}</b>
          <span class="trunc t2" lang={htmlLang(replyLanguage(contact))}>
            {one.text}
          </span>
          {at === 0 && <kbd>Alt V</kbd>}
        </button>
      ))}
    </div>
  );
}
