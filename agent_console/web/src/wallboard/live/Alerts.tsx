import type { AlertView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { Button, Count, Empty, Icon, toast } from "../../ui/index.ts";
import { helping } from "../lend/lend.ts";
import { t as help } from "../lend/texts.ts";
import { detailOfAlert, inOrder, LOOK, type Names, titleOfAlert } from "../model/alerts.ts";
import { showContact, showQueue } from "../model/filters.ts";
import { agentName, queueName } from "../model/names.ts";
import { alerts, feed, may, tiles } from "../model/store.ts";
import { dialog, join, watch } from "../model/watch.ts";
import { PresenceMenu } from "../people/PresenceMenu.tsx";
import { Decide } from "../decide/Decide.tsx";
import { Release } from "../release/Release.tsx";
import { History } from "../taken/History.tsx";
import { TakenBy, TakeOn } from "../taken/TakeOn.tsx";
import { t } from "../texts.ts";

const names: Names = {
  agent: agentName,
  queue: queueName,
  tile: (id) => (id === null ? undefined : tiles.value[id]),
};

/** What calls for a supervisor, each with the one thing to do about it. */
export function Alerts() {
  const list = inOrder(Object.values(alerts.value));
  const open = list.filter((one) => one.acknowledged === null).length;
  return (
    <section class="card s3 alerts-card" aria-labelledby="alerts-h" data-part tabIndex={-1}>
      <div class="card-h">
        <h2 id="alerts-h">{t("alerts")}</h2>
        {open > 0 && <Count tone="bad">{open}</Count>}
        <History />
      </div>
      <div class="scroll" role="log" aria-labelledby="alerts-h">
        {list.length === 0 ? (
          <Empty icon="check" title={t("no_alerts")} text={t("no_alerts_more")} />
        ) : (
          <ul class="alerts">
            {list.map((alert) => (
              <Row key={alert.id} alert={alert} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Row({ alert }: { alert: AlertView }) {
  const { icon, tone } = LOOK[alert.kind];
  return (
    <li class={alert.acknowledged ? "is-taken" : ""}>
      <Icon name={alert.acknowledged ? "check" : icon} class={alert.acknowledged ? "t3" : tone} />
      <div>
        <b class="fw6">{titleOfAlert(alert, names)}</b>
        <p>{detailOfAlert(alert, names)}</p>
        <TakenBy alert={alert} />
      </div>
      <div class="alert-acts">
        <Action alert={alert} />
        <TakeOn alert={alert} />
      </div>
    </li>
  );
}

/** Nothing where the viewer may not act. */
function Action({ alert }: { alert: AlertView }) {
  const { action, contact_id, queue_id, agent_id, ref } = alert;
  if (action === "join" && contact_id && may("steer_contacts")) {
    return (
      <Button size="s" kind="primary" onClick={() => void join(contact_id)}>
        {t("act_join")}
      </Button>
    );
  }
  if (action === "take_over" && contact_id && may("steer_contacts")) {
    return <StuckTalk contactId={contact_id} />;
  }
  if (action === "see_contact" && contact_id) {
    return <See onClick={() => showContact(contact_id)} />;
  }
  if (action === "see_queue" && queue_id) return <See onClick={() => showQueue(queue_id)} />;
  if (action === "lend" && queue_id && may("lend_agents")) {
    return (
      <Button size="s" kind="primary" onClick={() => (helping.value = queue_id)}>
        {help("get_help")}
      </Button>
    );
  }
  if (action === "ask_back" && agent_id && may("change_presence_of_others")) {
    return (
      <PresenceMenu agentId={agent_id} name={agentName(agent_id)} class="btn btn-s">
        {t("act_presence")}
      </PresenceMenu>
    );
  }
  if (action === "task" && ref && may("handle_follow_ups")) {
    return <Do command="finish_task" args={{ task_id: ref }} label="act_task" said="task_done" />;
  }
  if (action === "see_tasks" && may("handle_follow_ups")) {
    return (
      <a class="btn btn-s" href="/console#tasks">
        {t("act_tasks")}
      </a>
    );
  }
  if (action === "decide" && ref && may("decide_bank_orders")) return <Decide orderId={ref} />;
  if (action === "release" && contact_id && may("release_proof")) {
    return <Release contactId={contact_id} />;
  }
  if (action === "retry" && ref && may("retry_effects")) {
    return <Effect id={ref} />;
  }
  return null;
}

/** Read it first, or step in at once: the assistant is then silent. */
function StuckTalk({ contactId }: { contactId: string }) {
  return (
    <>
      <See onClick={() => void watch(contactId)} />
      <Button
        size="s"
        kind="primary"
        onClick={() => (dialog.value = { kind: "take_over", contactId })}
      >
        {t("take_over")}
      </Button>
    </>
  );
}

function See({ onClick }: { onClick: () => void }) {
  return (
    <Button size="s" onClick={onClick}>
      {t("act_see")}
    </Button>
  );
}

/** An act that was given up: once more, or for good. */
function Effect({ id }: { id: string }) {
  const args = { effect_id: id };
  return (
    <div class="alert-acts">
      <Do command="retry_effect" args={args} label="act_retry" said="retry_started" />
      <Do command="drop_effect" args={args} label="act_drop" said="effect_dropped" />
    </div>
  );
}

interface DoProps {
  command: "finish_task" | "retry_effect" | "drop_effect";
  args: object;
  label: "act_task" | "act_retry" | "act_drop";
  said: "task_done" | "retry_started" | "effect_dropped";
}

function Do({ command, args, label, said }: DoProps) {
  const act = async (): Promise<void> => {
    if (done(await feed.send(command, args))) toast({ tone: "ok", title: t(said) });
  };
  return (
    <Button size="s" onClick={() => void act()}>
      {t(label)}
    </Button>
  );
}
