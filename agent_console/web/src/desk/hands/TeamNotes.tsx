/** Notes of the team on the customer: pinned to the record, with author and date. */
import { useEffect, useState } from "preact/hooks";
import type { Both } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, exactTime } from "../../i18n/index.ts";
import { Button, Icon, IconButton, TextArea } from "../../ui/index.ts";
import { contacts, feed, me } from "../model/store.ts";
import { t } from "./texts.ts";

interface TeamNote {
  id: string;
  by: string;
  by_name: Both | null;
  at: number;
  text: string;
}

interface Notes extends Record<string, unknown> {
  notes: TeamNote[];
}

const SPLIT_MAX = 1000;

function useNotes(contactId: string) {
  const [notes, setNotes] = useState<readonly TeamNote[] | "failed" | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isHere = true;
    void feed.send<Notes>("team_notes", { contact_id: contactId }).then((answer) => {
      if (isHere) setNotes(answer.ok ? answer.result.notes : "failed");
    });
    return () => {
      isHere = false;
    };
  }, [contactId, turn]);
  return { notes, again: () => setTurn(turn + 1) };
}

/** Notes are for who has the contact: an offer that is only looked at has none. */
export function TeamNotes({ contactId }: { contactId: string }) {
  return contactId in contacts.value ? <Pinned key={contactId} contactId={contactId} /> : null;
}

function Pinned({ contactId }: { contactId: string }) {
  const { notes, again } = useNotes(contactId);
  const [writing, setWriting] = useState(false);
  return (
    <section class="sec" aria-label={t("team_notes")}>
      <div class="sec-h">
        <h3>{t("team_notes")}</h3>
        <IconButton
          icon="plus"
          class="push"
          label={t("pin_note")}
          onClick={() => setWriting(!writing)}
        />
      </div>
      {writing && (
        <NewNote
          contactId={contactId}
          onDone={() => {
            setWriting(false);
            again();
          }}
        />
      )}
      {notes === "failed" && (
        <p class="t12 t3">
          {t("notes_failed")}{" "}
          <button type="button" class="linkish" onClick={again}>
            {t("try_again")}
          </button>
        </p>
      )}
      {Array.isArray(notes) && notes.length === 0 && <p class="t12 t3">{t("no_team_notes")}</p>}
      {Array.isArray(notes) &&
        (notes as TeamNote[]).map((one) => (
          <NoteLine key={one.id} note={one} contactId={contactId} onGone={again} />
        ))}
    </section>
  );
}

function NewNote({ contactId, onDone }: { contactId: string; onDone: () => void }) {
  const [text, setText] = useState("");
  const pin = async (): Promise<void> => {
    const words = text.trim().slice(0, SPLIT_MAX);
    if (!words) return;
    if (done(await feed.send("pin_note", { contact_id: contactId, text: words }))) onDone();
  };
  return (
    <form
      class="col"
      onSubmit={(event) => {
        event.preventDefault();
        void pin();
      }}
    >
      <TextArea label={t("note_for_team")} rows={2} value={text} onInput={setText} />
      <Button size="s" type="submit" aria-disabled={!text.trim()}>
        {t("pin_note")}
      </Button>
    </form>
  );
}

interface LineProps {
  note: TeamNote;
  contactId: string;
  onGone: () => void;
}

function NoteLine({ note, contactId, onGone }: LineProps) {
  const mayTakeOff = note.by === me.value?.id || me.value?.rights.includes("steer_contacts");
  const takeOff = async (): Promise<void> => {
    const args = { contact_id: contactId, note_id: note.id };
    if (done(await feed.send("take_off_note", args))) onGone();
  };
  return (
    <div class="note" role="note">
      <div class="note-text" dir="auto">
        {note.text}
      </div>
      <div class="row row-1 t12 t3">
        <Icon name="note" size={14} />
        {both(note.by_name ?? { en: "", zh: "" })}, {exactTime(note.at)}
        {mayTakeOff && (
          <IconButton
            icon="x"
            size={24}
            class="push"
            label={t("take_off")}
            onClick={() => void takeOff()}
          />
        )}
      </div>
    </div>
  );
}
