import { useImperativeHandle, useState } from "preact/hooks";
import type { Ref } from "preact";
import type { ContactView } from "../../contract.ts";
import { both, htmlLang } from "../../i18n/index.ts";
import { filled, fitting, namesFor } from "../model/replies.ts";
import { setup } from "../model/store.ts";
import { t } from "../texts.ts";
import { replyLanguage } from "../written/heading.ts";

export interface RepliesHandle {
  /** Let the list have a key of the text box; true when it took it. */
  key(event: KeyboardEvent): boolean;
}

interface SavedRepliesProps {
  ref: Ref<RepliesHandle>;
  contact: ContactView;
  word: string;
  onPick: (text: string) => void;
  onClose: () => void;
}

/** The list over the composer while a line starts with "/". The focus stays in the text. */
export function SavedReplies({ ref, contact, word, onPick, onClose }: SavedRepliesProps) {
  const [at, setAt] = useState(0);
  const found = fitting(setup.value?.replies ?? [], word, contact.queue_id).slice(0, 8);
  const language = replyLanguage(contact);
  const names = namesFor(contact, language);
  const texts = found.map((one) => filled(one, language, names));
  const chosen = Math.min(at, found.length - 1);
  useImperativeHandle(ref, () => ({
    key(event) {
      if (found.length === 0) return false;
      if (event.key === "ArrowDown") setAt((chosen + 1) % found.length);
      else if (event.key === "ArrowUp") setAt((chosen - 1 + found.length) % found.length);
      else if (event.key === "Enter" || event.key === "Tab") onPick(texts[chosen] ?? "");
      else if (event.key === "Escape") onClose();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  }));
  return (
    <div class="menu replies" role="listbox" id="saved-replies" aria-label={t("saved_replies")}>
      <div class="menu-h">
        {found.length ? t("saved_replies_for", { word: `/${word}` }) : t("nothing_found")}
      </div>
      {found.map((one, index) => (
        <div
          key={one.code}
          class="menu-i"
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(texts[index] ?? "");
          }}
        >
          <span class="mono t12 t3 reply-code trunc">/{one.code}</span>
          <div class="grow">
            <div class="fw5">{both(one.title)}</div>
            <div class="t12 t2 trunc" lang={htmlLang(language)}>
              {texts[index]}
            </div>
          </div>
          {index === chosen && <kbd>Enter</kbd>}
        </div>
      ))}
    </div>
  );
}
