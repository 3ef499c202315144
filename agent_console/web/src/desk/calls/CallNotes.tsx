import { useEffect } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { clockTime } from "../../i18n/index.ts";
import { Button, Icon } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { titleOf } from "../model/store.ts";
import { fetchNotes, notesState, saveSoon, saveNow } from "./notes.ts";
import { t } from "./texts.ts";

/** What the agent writes while talking: kept as it is written, and found again in the wrap-up. */
export function CallNotes({ contact }: { contact: ContactView }) {
  const { notes } = draftOf(contact.id);
  const state = notesState.value[contact.id];
  useEffect(() => {
    void fetchNotes(contact.id);
    return () => void saveNow(contact.id);
  }, [contact.id]);
  const write = (text: string): void => {
    draft(contact.id, { notes: text });
    saveSoon(contact.id);
  };
  return (
    <div class="composer is-note">
      <div class="composer-t">
        <span class="mode nt">
          <Icon name="note" size={14} />
          {t("call_notes")}
        </span>
        <span class="push t12 row row-1 notes-state" role="status">
          {state?.phase === "saved" && (
            <>
              <Icon name="check" size={14} />
              {t("saved_at", { time: clockTime(state.at) })}
            </>
          )}
          {state?.phase === "failed" && (
            <>
              {t("not_saved")}
              <Button size="s" kind="ghost" onClick={() => void saveNow(contact.id)}>
                {t("try_again")}
              </Button>
            </>
          )}
        </span>
      </div>
      <textarea
        id="call-notes"
        data-for={contact.id}
        rows={3}
        dir="auto"
        maxLength={4000}
        aria-label={t("notes_about", { name: titleOf(contact) })}
        placeholder={t("notes_hint")}
        value={notes}
        onInput={(event) => write(event.currentTarget.value)}
        onBlur={() => void saveNow(contact.id)}
      />
    </div>
  );
}
