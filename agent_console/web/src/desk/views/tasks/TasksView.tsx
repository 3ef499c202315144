import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { TaskView } from "../../../contract.ts";
import { http } from "../../../lib/http.ts";
import { Button, Empty, Segmented, Skeleton } from "../../../ui/index.ts";
import { myTasks } from "../../model/tasks.ts";
import { NewTaskDialog } from "./NewTaskDialog.tsx";
import { TaskRow } from "./TaskRow.tsx";
import { t } from "./texts.ts";
import "./tasks.css";

type Scope = "mine" | "team" | "done";
const SCOPES: readonly Scope[] = ["mine", "team", "done"];
const scope = signal<Scope>("mine");

/** What was promised: mine live from the feed, the team's and the done ones when asked. */
export function TasksView() {
  const [asking, setAsking] = useState(false);
  const { tasks, again } = useTasks(scope.value);
  return (
    <>
      <header class="view-h">
        <h1>{t("tasks")}</h1>
        <Segmented
          label={t("scope")}
          items={SCOPES.map((id) => ({ id, label: t(id) }))}
          chosen={scope.value}
          onChoose={(id) => (scope.value = id)}
        />
        <Button kind="primary" icon="plus" class="push" onClick={() => setAsking(true)}>
          {t("new_task")}
        </Button>
      </header>
      <div class="view-b scroll">
        <List tasks={tasks} onChanged={again} />
      </div>
      {asking && <NewTaskDialog onClose={() => setAsking(false)} onDone={again} />}
    </>
  );
}

type Loaded = readonly TaskView[] | "loading" | "failed";

/** Mine change by themselves; the others are read when asked for, and after a change. */
function useTasks(of: Scope): { tasks: Loaded; again: () => void } {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const [turn, setTurn] = useState(0);
  const mine = myTasks.value;
  useEffect(() => {
    if (of === "mine") return;
    let wanted = true;
    http<{ tasks: TaskView[] }>("GET", `/api/tasks?scope=${of}`).then(
      (answer) => wanted && setLoaded(answer.tasks),
      () => wanted && setLoaded("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [of, turn, mine]);
  return { tasks: of === "mine" ? mine : loaded, again: () => setTurn(turn + 1) };
}

function List({ tasks, onChanged }: { tasks: Loaded; onChanged: () => void }) {
  if (tasks === "loading") return <Skeleton lines={[90, 70, 90, 60]} />;
  if (tasks === "failed") {
    return (
      <Empty icon="alert" title={t("tasks_failed")}>
        <Button onClick={onChanged}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (tasks.length === 0) {
    const of = scope.value;
    return <Empty icon="clipboard" title={t(`no_${of}`)} text={t(`no_${of}_more`)} />;
  }
  return (
    <ul class="tasks" aria-label={t("tasks")}>
      {tasks.map((one) => (
        <TaskRow key={one.id} task={one} onChanged={onChanged} />
      ))}
    </ul>
  );
}
