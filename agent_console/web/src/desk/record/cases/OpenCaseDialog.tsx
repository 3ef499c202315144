import { useState } from "preact/hooks";
import { done } from "../../../feed/index.ts";
import { both } from "../../../i18n/index.ts";
import { Dialog, Select, TextArea, toast } from "../../../ui/index.ts";
import { feed, setup } from "../../model/store.ts";
import { Buttons } from "../../views/tasks/TaskDialogs.tsx";
import { t } from "../../views/tasks/texts.ts";

interface OpenCaseProps {
  contactId: string;
  onClose: () => void;
}

/** A new case for the customer of a contact. */
export function OpenCaseDialog({ contactId, onClose }: OpenCaseProps) {
  const kinds = setup.value?.case_kinds ?? [];
  const [kind, setKind] = useState(kinds[0]?.code ?? "");
  const [words, setWords] = useState("");
  const submit = async (): Promise<void> => {
    const args = { contact_id: contactId, kind, words: words.trim() };
    if (!done(await feed.send("open_case", args))) return;
    toast({ tone: "ok", title: t("opened_case") });
    onClose();
  };
  return (
    <Dialog
      title={t("open_case")}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={<Buttons word={t("open_case")} ready={kind !== ""} onClose={onClose} />}
    >
      <Select label={t("case_kind")} value={kind} onChange={setKind}>
        {kinds.map((one) => (
          <option key={one.code} value={one.code}>
            {both(one.label)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t("add_note")}
        hint={t("words_hint")}
        rows={4}
        value={words}
        onInput={setWords}
      />
    </Dialog>
  );
}
