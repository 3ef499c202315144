/** To whom, which tags, with what outcome: asked once for all chosen lines. */
import { useState } from "preact/hooks";
import { both } from "../../../i18n/index.ts";
import { Button, Dialog, Icon, Picker, Segmented, Select, type Choice } from "../../../ui/index.ts";
import { me, setup } from "../../model/store.ts";
import { colleagueChoices } from "../../talk/TransferDialog.tsx";
import { together } from "./acts.ts";
import { chosenIds, chosenLines } from "./model.ts";
import { t } from "./texts.ts";

const QUEUE = "queue:";

interface Asks {
  onClose: () => void;
}

interface FrameProps extends Asks {
  title: string;
  word: string;
  ready: boolean;
  onSubmit: () => Promise<boolean>;
  children: preact.ComponentChildren;
}

function Frame({ title, word, ready, onSubmit, onClose, children }: FrameProps) {
  const submit = async (): Promise<void> => {
    if (ready && (await onSubmit())) onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" disabled={!ready}>
            {word}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

function goals(): Choice[] {
  const own = me.value;
  const mine = own
    ? [{ id: own.id, label: t("to_me"), words: both(own.name), mark: <Icon name="user" /> }]
    : [];
  const queues = (setup.value?.queues ?? []).map((one) => ({
    id: `${QUEUE}${one.id}`,
    label: both(one.name),
    words: `${one.name.en} ${one.name.zh}`,
    mark: <Icon name="users" />,
  }));
  return [...mine, ...colleagueChoices(), ...queues];
}

export function AssignDialog({ onClose }: Asks) {
  const [goal, setGoal] = useState("");
  const to = goal.startsWith(QUEUE) ? { queue_id: goal.slice(QUEUE.length) } : { agent_id: goal };
  return (
    <Frame
      title={t("assign_title", { count: chosenIds.value.size })}
      word={t("assign")}
      ready={goal !== ""}
      onSubmit={() => together("assign", to)}
      onClose={onClose}
    >
      <Picker
        label={t("assign")}
        placeholder={t("assign")}
        choices={goals()}
        chosen={goal}
        onChoose={setGoal}
        autoFocus
      />
    </Frame>
  );
}

type Change = "add" | "leave" | "remove";

export function TagDialog({ onClose }: Asks) {
  const [changes, setChanges] = useState<Readonly<Record<string, Change>>>({});
  const tags = setup.value?.letter_tags ?? [];
  const of = (wanted: Change): string[] =>
    tags.map((one) => one.code).filter((code) => changes[code] === wanted);
  return (
    <Frame
      title={t("tag_title", { count: chosenIds.value.size })}
      word={t("tag")}
      ready={of("add").length + of("remove").length > 0}
      onSubmit={() => together("tag", { add: of("add"), remove: of("remove") })}
      onClose={onClose}
    >
      {tags.map((one) => (
        <div class="tag-choice" key={one.code}>
          <span>{both(one.label)}</span>
          <Segmented
            label={both(one.label)}
            chosen={changes[one.code] ?? "leave"}
            onChoose={(to) => setChanges({ ...changes, [one.code]: to })}
            items={(["add", "leave", "remove"] as const).map((id) => ({
              id,
              label: t(`tag_${id}`),
            }))}
          />
        </div>
      ))}
    </Frame>
  );
}

/** Outcomes that every queue of the chosen lines has. */
function outcomes(): Array<{ code: string; label: string }> {
  const queues = new Set(chosenLines.value.map((one) => one.queue_id));
  const of = (id: string | null) =>
    setup.value?.queues.find((one) => one.id === id)?.dispositions ?? [];
  const [first, ...others] = [...queues].map(of);
  return (first ?? [])
    .filter((one) => others.every((list) => list.some((other) => other.code === one.code)))
    .map((one) => ({ code: one.code, label: both(one.label) }));
}

export function CloseDialog({ onClose }: Asks) {
  const choices = outcomes();
  const [outcome, setOutcome] = useState(choices[0]?.code ?? "");
  return (
    <Frame
      title={t("close_title", { count: chosenIds.value.size })}
      word={t("close")}
      ready={outcome !== ""}
      onSubmit={() => together("close", { outcome })}
      onClose={onClose}
    >
      {choices.length === 0 ? (
        <p role="alert">{t("no_common_outcome")}</p>
      ) : (
        <Select label={t("outcome")} value={outcome} onChange={setOutcome}>
          {choices.map((one) => (
            <option key={one.code} value={one.code}>
              {one.label}
            </option>
          ))}
        </Select>
      )}
      <p class="t12 t2">{t("close_more")}</p>
    </Frame>
  );
}
