/** The customer's language; the owner switches the talk to the other one. */
import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { Button, Dialog, Icon, Menu, TextArea, toast } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { languageWord } from "./goals.tsx";
import { t } from "./texts.ts";

const OTHER = { en: "zh", zh: "en" } as const;

export function LanguageMenu({ contact, word }: { contact: ContactView; word: string }) {
  const [asking, setAsking] = useState(false);
  const shown = (
    <span class="row row-1">
      <Icon name="lang" size={14} />
      {languageWord(contact.language)}
    </span>
  );
  if (contact.my_role !== "owner") {
    return (
      <span class="push t12 t3" title={word}>
        {shown}
      </span>
    );
  }
  const items = [
    {
      id: "other",
      label: t("switch_to", { language: languageWord(OTHER[contact.language]) }),
      onPick: () => setAsking(true),
    },
  ];
  return (
    <span class="push t12 t3">
      <Menu
        class="btn btn-g btn-s"
        label={`${word}: ${languageWord(contact.language)}`}
        title={word}
        items={items}
      >
        {shown}
      </Menu>
      {asking && <SwitchDialog contact={contact} onClose={() => setAsking(false)} />}
    </span>
  );
}

interface SwitchProps {
  contact: ContactView;
  onClose: () => void;
}

interface Switched extends Record<string, unknown> {
  moved: boolean;
}

function SwitchDialog({ contact, onClose }: SwitchProps) {
  const [note, setNote] = useState("");
  const to = OTHER[contact.language];
  const language = languageWord(to);
  const submit = async (): Promise<void> => {
    const args = { contact_id: contact.id, language: to, note: note.trim() };
    const answer = await feed.send<Switched>("switch_language", args);
    if (!done(answer) || !answer.ok) return;
    const word = answer.result.moved ? "switched_moved" : "switched";
    toast({ tone: "ok", title: t(word, { language }) });
    onClose();
  };
  return (
    <Dialog
      title={t("switch_title", { language })}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("switch_to", { language })}
          </Button>
        </>
      }
    >
      <p class="t2">{t("switch_explained", { language })}</p>
      <TextArea label={t("switch_summary")} rows={3} value={note} onInput={setNote} />
    </Dialog>
  );
}
