/** Put a task off, or give it to somebody else. */
import { useState } from "preact/hooks";
import type { TaskView } from "../../../contract.ts";
import { done } from "../../../feed/index.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { Button, Dialog, Icon, Picker, toast, type Choice } from "../../../ui/index.ts";
import { feed, setup } from "../../model/store.ts";
import { colleagueChoices } from "../../talk/TransferDialog.tsx";
import { t } from "./texts.ts";
import { useWhen } from "./WhenField.tsx";

interface AskProps {
  task: TaskView;
  onClose: () => void;
  onDone: () => void;
}

export function SnoozeDialog({ task, onClose, onDone }: AskProps) {
  const { when, field } = useWhen();
  const submit = async (): Promise<void> => {
    if (when.error) return;
    if (!done(await feed.send("snooze_task", { task_id: task.id, until: when.at }))) return;
    toast({ tone: "ok", title: t("snoozed", { time: exactTime(when.at) }) });
    onDone();
    onClose();
  };
  return (
    <Dialog
      title={both(task.title)}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={<Buttons word={t("snooze")} ready={!when.error} onClose={onClose} />}
    >
      {field}
    </Dialog>
  );
}

const QUEUE = "queue:";

/** Colleagues, then queues. */
function goals(): Choice[] {
  const queues = (setup.value?.queues ?? []).map((one) => ({
    id: `${QUEUE}${one.id}`,
    label: t("anyone", { queue: both(one.name) }),
    words: `${one.name.en} ${one.name.zh}`,
    mark: <Icon name="users" />,
  }));
  return [...colleagueChoices(), ...queues];
}

/** What the chosen goal means to a command. */
export const goalOf = (id: string): { owner_id?: string; queue_id?: string } =>
  id.startsWith(QUEUE) ? { queue_id: id.slice(QUEUE.length) } : { owner_id: id };

export function GoalPicker({ goal, onGoal }: { goal: string; onGoal: (id: string) => void }) {
  return (
    <Picker
      label={t("to_whom")}
      placeholder={t("to_whom")}
      choices={goals()}
      chosen={goal}
      onChoose={onGoal}
    />
  );
}

export function ReassignDialog({ task, onClose, onDone }: AskProps) {
  const [goal, setGoal] = useState("");
  const submit = async (): Promise<void> => {
    if (!goal) return;
    if (!done(await feed.send("reassign_task", { task_id: task.id, ...goalOf(goal) }))) return;
    toast({ tone: "ok", title: t("reassigned") });
    onDone();
    onClose();
  };
  return (
    <Dialog
      title={both(task.title)}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={<Buttons word={t("reassign")} ready={goal !== ""} onClose={onClose} />}
    >
      <GoalPicker goal={goal} onGoal={setGoal} />
    </Dialog>
  );
}

interface ButtonsProps {
  word: string;
  ready: boolean;
  onClose: () => void;
}

export function Buttons({ word, ready, onClose }: ButtonsProps) {
  return (
    <>
      <Button kind="ghost" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button kind="primary" type="submit" disabled={!ready}>
        {word}
      </Button>
    </>
  );
}
