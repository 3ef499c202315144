/** An absent agent's work goes to others in one act. */
import { useState } from "preact/hooks";
import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, Field, toast } from "../../ui/index.ts";
import { agentName } from "../model/names.ts";
import { agents, feed, setup } from "../model/store.ts";
import { movingWorkOf } from "../model/watch.ts";
import { t } from "../texts.ts";

const close = (): void => {
  movingWorkOf.value = null;
};

interface Moved extends Record<string, unknown> {
  contacts: number;
  tasks: number;
  left: number;
}

async function move(agentId: string, goal: string): Promise<void> {
  const id = goal.slice(2);
  const to = goal.startsWith("a:") ? { agent_to: id } : goal ? { queue_id: id } : {};
  const answer = await feed.send<Moved>("move_work", { agent_id: agentId, ...to });
  if (!done(answer) || !answer.ok) return;
  const { contacts, tasks, left } = answer.result;
  toast({
    tone: left > 0 ? "risk" : "ok",
    title: t("work_moved", { agent: agentName(agentId) }),
    text: t(left > 0 ? "work_moved_left" : "work_moved_more", { contacts, tasks, left }),
  });
}

export function MoveWork() {
  const agentId = movingWorkOf.value;
  return agentId === null ? null : <MoveWorkDialog key={agentId} agentId={agentId} />;
}

function MoveWorkDialog({ agentId }: { agentId: string }) {
  const [goal, setGoal] = useState("");
  const submit = (): void => {
    close();
    void move(agentId, goal);
  };
  return (
    <Dialog
      title={t("move_work_title", { agent: agentName(agentId) })}
      size="s"
      onClose={close}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("move_work_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("move_work_more")}</p>
      <Field label={t("reassign_to")} hint={t("keeps_place")}>
        {(attributes) => (
          <select
            {...attributes}
            class="in"
            value={goal}
            onChange={(event) => setGoal(event.currentTarget.value)}
          >
            <option value="">{t("own_queues")}</option>
            <Goals except={agentId} />
          </select>
        )}
      </Field>
    </Dialog>
  );
}

function Goals({ except }: { except: string }) {
  const present = (setup.value?.agents ?? []).filter(
    (one) => one.id !== except && (agents.value[one.id]?.presence ?? "offline") !== "offline",
  );
  return (
    <>
      <optgroup label={t("to_queue")}>
        {(setup.value?.queues ?? []).map((one) => (
          <option key={one.id} value={`q:${one.id}`}>
            {both(one.name)}
          </option>
        ))}
      </optgroup>
      <optgroup label={t("to_agent")}>
        {present.map((one) => (
          <option key={one.id} value={`a:${one.id}`}>
            {both(one.name)}
          </option>
        ))}
      </optgroup>
    </>
  );
}
