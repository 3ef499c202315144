import { useState } from "preact/hooks";
import type { ContactView } from "../../../contract.ts";
import { done } from "../../../feed/index.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { Dialog, Segmented, Select, TextArea, Tick, toast } from "../../../ui/index.ts";
import { feed, setup, titleOf } from "../../model/store.ts";
import { Buttons, GoalPicker, goalOf } from "./TaskDialogs.tsx";
import { t } from "./texts.ts";
import { useWhen } from "./WhenField.tsx";

const REMIND_SECONDS = 600;

interface NewTaskProps {
  /** The contact in which it is promised, if any. */
  contact?: ContactView;
  onClose: () => void;
  onDone?: () => void;
}

/** Promise something: what, when, who. */
export function NewTaskDialog({ contact, onClose, onDone }: NewTaskProps) {
  const kinds = (setup.value?.task_kinds ?? []).filter((one) => one.staff_may_open);
  const [kind, setKind] = useState(kinds[0]?.code ?? "");
  const [words, setWords] = useState("");
  const [who, setWho] = useState<"me" | "other">("me");
  const [goal, setGoal] = useState("");
  const [remind, setRemind] = useState(true);
  const { when, field } = useWhen();
  const ready = !when.error && kind !== "" && (who === "me" || goal !== "");
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const args = {
      kind,
      words: words.trim(),
      due_at: when.at,
      ...(remind && who === "me" ? { remind_at: when.at - REMIND_SECONDS } : {}),
      ...(who === "other" ? goalOf(goal) : {}),
      ...(contact ? { contact_id: contact.id } : {}),
    };
    if (!done(await feed.send("open_task", args))) return;
    toast({ tone: "ok", title: t("promised", { time: exactTime(when.at) }) });
    onDone?.();
    onClose();
  };
  return (
    <Dialog
      title={t("new_task")}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={<Buttons word={t("promise")} ready={ready} onClose={onClose} />}
    >
      {contact && <p class="t2">{t("about", { name: titleOf(contact) })}</p>}
      <Select label={t("kind")} value={kind} onChange={setKind}>
        {kinds.map((one) => (
          <option key={one.code} value={one.code}>
            {both(one.label)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t("words")}
        hint={t("words_hint")}
        rows={2}
        value={words}
        onInput={setWords}
      />
      {field}
      <div class="field">
        <span class="lbl">{t("for_whom")}</span>
        <Segmented
          label={t("for_whom")}
          items={[
            { id: "me", label: t("me") },
            { id: "other", label: t("to_whom") },
          ]}
          chosen={who}
          onChoose={setWho}
        />
      </div>
      {who === "other" ? (
        <GoalPicker goal={goal} onGoal={setGoal} />
      ) : (
        <Tick label={t("remind")} checked={remind} onChange={setRemind} />
      )}
    </Dialog>
  );
}
