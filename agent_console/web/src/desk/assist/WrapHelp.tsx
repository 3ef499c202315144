import { useEffect } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Icon, toast } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { known, learn, putIntoNote } from "./summary.ts";
import { t } from "./texts.ts";
import "./assist.css";

interface OutcomeProps {
  contact: ContactView;
  choices: ReadonlyArray<{ id: string; label: string }>;
}

/** What the rules see in the talk; marked as a suggestion, taken by the agent alone. */
export function SuggestedOutcome({ contact, choices }: OutcomeProps) {
  useEffect(() => void learn(contact.id), [contact.id]);
  const found = known.value[contact.id];
  const code = found && found !== "failed" ? found.outcome : null;
  const choice = choices.find((one) => one.id === code);
  if (!choice || draftOf(contact.id).disposition) return null;
  return (
    <div class="wrap-hint" role="note">
      <Icon name="sparkles" size={14} />
      <b class="fw5">{t("suggested_outcome", { outcome: choice.label })}</b>
      <span class="t3">{t("because_rules")}</span>
      <Button
        size="s"
        class="push"
        onClick={() => draft(contact.id, { disposition: choice.id })}
      >
        {t("take_outcome")}
      </Button>
    </div>
  );
}

/** One key puts the talk in short into the note, where it can be changed. */
export function InsertSummary({ contact }: { contact: ContactView }) {
  const put = async (): Promise<void> => {
    const found = await learn(contact.id);
    if (found === "failed") toast({ tone: "bad", title: t("no_answer") });
    else if (putIntoNote(contact, found)) toast({ tone: "ok", title: t("summary_inserted") });
    else toast({ tone: "risk", title: t("nothing_to_sum_up") });
  };
  useShortcuts([{ keys: "Alt+KeyY", label: t("insert_summary"), run: () => void put() }]);
  return (
    <Button size="s" icon="sparkles" aria-keyshortcuts="Alt+Y" onClick={() => void put()}>
      {t("insert_summary")} <kbd>Alt Y</kbd>
    </Button>
  );
}
