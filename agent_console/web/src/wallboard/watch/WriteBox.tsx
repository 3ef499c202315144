import { useEffect, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { matches } from "../../keys/combo.ts";
import { ofTab, recall, remember } from "../../lib/memory.ts";
import { Button, Segmented } from "../../ui/index.ts";
import { noteWished, write } from "../model/watch.ts";
import { t } from "../texts.ts";
import { customerOf } from "./customerOf.ts";

type Mode = "whisper" | "say";
const SEND = "Mod+Enter";

/** Write to the staff of a watched contact; who has joined may write to the customer too. */
export function WriteBox({ contact }: { contact: ContactView }) {
  const joined = contact.my_role === "joined";
  const [chosen, setMode] = useState<Mode>("whisper");
  const mode = joined ? chosen : "whisper";
  const box = useBox(contact.id, mode);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (noteWished.value > 0) field.current?.focus();
  }, [noteWished.value]);
  const note = mode === "whisper";
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        void box.send();
      }}
    >
      {joined && <Modes contact={contact} mode={mode} setMode={setMode} />}
      <div class={note ? "composer is-note" : "composer"}>
        <textarea
          ref={field}
          rows={2}
          value={box.text}
          aria-label={t(note ? "write_note" : "write_reply")}
          placeholder={note ? hint(contact) : t("write_reply")}
          onInput={(event) => box.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.isComposing || !matches(SEND, event)) return;
            event.preventDefault();
            void box.send();
          }}
        />
        <div class="composer-b">
          <Button
            type="submit"
            kind="primary"
            size="s"
            class="push"
            keys={SEND}
            aria-disabled={box.text.trim() === "" || box.busy}
          >
            {t(note ? "send_note" : "send_reply")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** A note goes to the owner; a contact without one has staff only when somebody comes. */
function hint(contact: ContactView): string {
  const owner = contact.participants.find((one) => one.role === "owner");
  return owner ? t("note_to", { agent: both(owner.name) }) : t("note_to_staff");
}

interface ModesProps {
  contact: ContactView;
  mode: Mode;
  setMode: (mode: Mode) => void;
}

function Modes({ contact, mode, setMode }: ModesProps) {
  return (
    <Segmented
      label={t("mode")}
      items={[
        { id: "whisper", label: t("internal_note") },
        { id: "say", label: t("reply_to", { customer: customerOf(contact) }) },
      ]}
      chosen={mode}
      onChoose={setMode}
    />
  );
}

/** The text, kept over a reload; one key per text, so that a second try cannot double it. */
function useBox(contactId: string, mode: Mode) {
  const place = `wallboard.note.${contactId}`;
  const [text, setShown] = useState(() => recall(place, ofTab) ?? "");
  const [busy, setBusy] = useState(false);
  const key = useRef("");
  const setText = (to: string): void => {
    key.current = "";
    setShown(to);
    remember(place, to || null, ofTab);
  };
  const send = async (): Promise<void> => {
    if (text.trim() === "" || busy) return;
    key.current ||= crypto.randomUUID();
    setBusy(true);
    const kept = await write(mode, contactId, key.current, text.trim());
    setBusy(false);
    if (!kept) return;
    setText("");
  };
  return { text, setText, busy, send };
}
