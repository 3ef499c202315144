import { useState } from "preact/hooks";
import type { TaskView } from "../../../contract.ts";
import { done } from "../../../feed/index.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { serverNow, tick } from "../../../lib/clock.ts";
import { Avatar, Badge, Button, Icon, toast, type IconName } from "../../../ui/index.ts";
import { queueName } from "../../model/names.ts";
import { feed } from "../../model/store.ts";
import { evidenceWords } from "../../payment/evidence.ts";
import { PAYMENT_CHECK } from "../../payment/judge.ts";
import { Verdicts } from "../../payment/PaymentCheck.tsx";
import { t as payment } from "../../payment/texts.ts";
import { TaskNumber } from "../../work/TaskNumber.tsx";
import { ReassignDialog, SnoozeDialog } from "./TaskDialogs.tsx";
import { t } from "./texts.ts";

const ICON: Record<string, IconName> = {
  callback: "callback",
  payment_check: "alert",
  case_due: "layers",
  low_score: "frown",
};

interface RowProps {
  task: TaskView;
  onChanged: () => void;
}

/** One promise: what, for whom, by when; and what can be done about it. */
export function TaskRow({ task, onChanged }: RowProps) {
  return (
    <li class="task">
      <Icon name={ICON[task.kind] ?? "clipboard"} class="t3" />
      <div class="task-what">
        <b class="fw6">{both(task.title)}</b>
        {task.words && (
          <p class="task-words" dir="auto">
            {task.words}
          </p>
        )}
        <p class="t12 t2">{facts(task).join(" · ")}</p>
        <Number task={task} />
      </div>
      <div class="task-when">
        <Due task={task} />
        <Owner task={task} />
      </div>
      {task.state === "open" && <Acts task={task} onChanged={onChanged} />}
    </li>
  );
}

const NUMBER = "number";
const beside = (task: TaskView) => task.evidence.filter(([label]) => label !== NUMBER);

/** Whom to call: an outline, in full with a reason while it is open. */
function Number({ task }: { task: TaskView }) {
  const number = task.evidence.find(([label]) => label === NUMBER);
  if (!number) return null;
  const [name, outline] = evidenceWords(...number);
  return (
    <p class="t12 t2 row row-1">
      {name}
      {task.state === "open" ? <TaskNumber taskId={task.id} outline={outline} /> : outline}
    </p>
  );
}

function facts(task: TaskView): string[] {
  return [
    task.is_closed && t("colleagues"),
    task.customer_number && t("customer", { number: task.customer_number }),
    task.case_number && t("case", { number: task.case_number }),
    ...beside(task).map(([label, value]) => evidenceWords(label, value).join(": ")),
    task.kind === PAYMENT_CHECK && verdictOf(task.outcome),
    task.attempts > 0 && t("put_off", { count: task.attempts }),
    task.done_by && t("done_by", { name: both(task.done_by) }),
  ].filter((one): one is string => Boolean(one));
}

function verdictOf(outcome: string | null): string | null {
  if (outcome !== "fraud" && outcome !== "genuine") return null;
  return payment(`sent_${outcome}`);
}

function Due({ task }: { task: TaskView }) {
  tick.value; // time alone makes it overdue
  if (task.done_at !== null) {
    return <Badge>{t("done_at", { time: exactTime(task.done_at) })}</Badge>;
  }
  if (task.due_at === null) return <Badge>{t("no_due")}</Badge>;
  const time = exactTime(task.due_at);
  if (task.due_at < serverNow()) return <Badge tone="bad">{t("overdue_since", { time })}</Badge>;
  return <Badge>{t("due_at", { time })}</Badge>;
}

function Owner({ task }: { task: TaskView }) {
  if (task.owner) {
    const name = both(task.owner);
    return (
      <span class="t12 t2 task-owner">
        <Avatar name={name} seed={task.owner_id ?? ""} size={20} />
        {name}
      </span>
    );
  }
  if (!task.queue_id) return null;
  return <span class="t12 t2">{t("anyone", { queue: queueName(task.queue_id) })}</span>;
}

function Acts({ task, onChanged }: RowProps) {
  const [asked, setAsked] = useState<"snooze" | "reassign" | null>(null);
  const finish = async (): Promise<void> => {
    if (!done(await feed.send("finish_task", { task_id: task.id }))) return;
    toast({ tone: "ok", title: t("finished") });
    onChanged();
  };
  const close = (): void => setAsked(null);
  return (
    <div class="task-acts">
      {task.kind === PAYMENT_CHECK ? (
        <Verdicts taskId={task.id} small onJudged={onChanged} />
      ) : (
        <Button size="s" icon="check" onClick={() => void finish()}>
          {t("finish")}
        </Button>
      )}
      <Button size="s" kind="ghost" onClick={() => setAsked("snooze")}>
        {t("snooze")}
      </Button>
      <Button size="s" kind="ghost" onClick={() => setAsked("reassign")}>
        {t("reassign")}
      </Button>
      {asked === "snooze" && <SnoozeDialog task={task} onClose={close} onDone={onChanged} />}
      {asked === "reassign" && <ReassignDialog task={task} onClose={close} onDone={onChanged} />}
    </div>
  );
}
