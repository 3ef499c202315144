import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, span } from "../../i18n/index.ts";
import { serverNow } from "../../lib/clock.ts";
import {
  Avatar,
  Button,
  Dialog,
  Icon,
  Picker,
  Segmented,
  TextArea,
  toast,
  type Choice,
} from "../../ui/index.ts";
import { agentState, type Goals, queueFree, rankOf, useGoals } from "../hands/goals.tsx";
import { feed, me, queues, setup, titleOf } from "../model/store.ts";
import { t } from "../texts.ts";

interface TransferProps {
  contact: ContactView;
  onClose: () => void;
}

type Goal = "queue" | "colleague";

/** Give the contact to a queue or a colleague, with a note that only staff see. */
export function TransferDialog({ contact, onClose }: TransferProps) {
  const [goal, setGoal] = useState<Goal>("queue");
  const [chosen, setChosen] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const goals = useGoals(contact.id);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!chosen) return;
    const to = goal === "queue" ? { queue_id: chosen } : { agent_id: chosen };
    const answer = await feed.send("transfer", {
      contact_id: contact.id,
      note: note.trim(),
      ...to,
    });
    if (!done(answer)) return;
    toast({ tone: "ok", title: t("transferred", { name: titleOf(contact) }) });
    onClose();
  };
  return (
    <Dialog
      title={t("transfer_title", { name: titleOf(contact) })}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("transfer_now")}
          </Button>
        </>
      }
    >
      <div>
        <Segmented
          label={t("transfer_to")}
          chosen={goal}
          onChoose={(to) => {
            setGoal(to);
            setChosen("");
          }}
          items={[
            { id: "queue", label: t("a_queue") },
            { id: "colleague", label: t("a_colleague_tab") },
          ]}
        />
      </div>
      <Picker
        key={goal}
        label={t(goal === "queue" ? "find_queue" : "find_colleague")}
        placeholder={t(goal === "queue" ? "find_queue" : "find_colleague")}
        choices={goal === "queue" ? queueChoices(contact, goals) : colleagueChoices(goals)}
        chosen={chosen}
        onChoose={setChosen}
        invalid={tried && !chosen}
        autoFocus
      />
      {tried && !chosen && (
        <p class="err" role="alert">
          <Icon name="alert" size={14} />
          {t("choose_goal")}
        </p>
      )}
      <TextArea label={t("note_for_next")} rows={2} value={note} onInput={setNote} />
    </Dialog>
  );
}

export function queueChoices(contact: ContactView, goals: Goals | null): Choice[] {
  return (setup.value?.queues ?? [])
    .filter((one) => one.id !== contact.queue_id)
    .map((one) => ({
      id: one.id,
      label: both(one.name),
      words: `${one.name.en} ${one.name.zh}`,
      mark: <Icon name="users" />,
      ...queueState(one.id, goals),
    }));
}

function queueState(id: string, goals: Goals | null): Pick<Choice, "hint" | "disabled"> {
  const strip = queues.value[id];
  if (!strip) return {};
  if (!strip.open) return { hint: <span class="t12">{t("queue_closed")}</span>, disabled: true };
  const since = strip.longest_wait_since;
  const text =
    since === null
      ? t("queue_waiting", { count: strip.waiting })
      : t("queue_longest", { count: strip.waiting, time: span(serverNow() - since) });
  const free = queueFree(goals, id);
  return { hint: <span class="t12 t2 tnum">{free ? `${free} · ${text}` : text}</span> };
}

/** Everybody but me; who is free and speaks the language first. */
export function colleagueChoices(goals: Goals | null = null): Choice[] {
  return (setup.value?.agents ?? [])
    .filter((one) => one.id !== me.value?.id)
    .sort((a, b) => rankOf(goals, a.id) - rankOf(goals, b.id))
    .map((one) => ({
      id: one.id,
      label: both(one.name),
      words: `${one.name.en} ${one.name.zh} ${one.team}`,
      mark: <Avatar name={both(one.name)} seed={one.id} size={24} />,
      ...agentState(goals, one.id),
    }));
}
