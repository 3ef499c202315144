import { useEffect, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { both, exactTime } from "../../i18n/index.ts";
import { Banner, Button, channelName, Dialog, Empty, Segmented, Skeleton } from "../../ui/index.ts";
import { titleOf } from "../model/store.ts";
import { goalsOf, join, splitPoints, type Joining, type TalkGoal } from "./model.ts";
import { t } from "./texts.ts";
import "./joined.css";

interface JoinProps {
  contact: ContactView;
  onClose: () => void;
}

/** Merge, link or split: what is chosen, and what it does. */
export function JoinDialog({ contact, onClose }: JoinProps) {
  const [how, setHow] = useState<Joining>("merge");
  const [goals, setGoals] = useState<TalkGoal[] | null | "loading">("loading");
  const [goal, setGoal] = useState<string | number | null>(null);
  const [busy, setBusy] = useState(false);
  const load = (): void => {
    setGoals("loading");
    void goalsOf(contact).then(setGoals);
  };
  useEffect(load, [contact.id]);
  const submit = async (): Promise<void> => {
    if (goal === null || busy) return;
    setBusy(true);
    const isDone = await join(contact, how, goal);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      title={t("join_title", { name: titleOf(contact) })}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" aria-disabled={goal === null || busy}>
            {t(`do_${how}`)}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("how")}
        chosen={how}
        onChoose={(to) => {
          setHow(to);
          setGoal(null);
        }}
        items={(["merge", "link", "split"] as const).map((id) => ({ id, label: t(`how_${id}`) }))}
      />
      <p class="t13 t2">{t(`more_${how}`)}</p>
      {how === "split" ? (
        <Points contact={contact} chosen={goal} onChoose={setGoal} />
      ) : (
        <Goals how={how} goals={goals} onLoad={load} chosen={goal} onChoose={setGoal} />
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  chosen: string | number | null;
  onChoose: (goal: string | number) => void;
}

interface GoalsProps extends ChoiceProps {
  how: Joining;
  goals: TalkGoal[] | null | "loading";
  onLoad: () => void;
}

function Goals({ how, goals, onLoad, chosen, onChoose }: GoalsProps) {
  if (goals === "loading") return <Skeleton lines={[80, 80]} />;
  if (goals === null) {
    return (
      <Banner tone="bad" icon="alert">
        {t("goals_failed")}{" "}
        <Button size="s" onClick={onLoad}>
          {t("try_again")}
        </Button>
      </Banner>
    );
  }
  const fit = goals.filter((one) => how === "link" || one.can_merge);
  if (fit.length === 0)
    return <Empty icon="message-off" title={t("no_goal")} text={t("no_goal_more")} />;
  return (
    <fieldset class="join-goals">
      <legend class="sr">{t("which_talk")}</legend>
      {fit.map((one) => (
        <label key={one.conversation_id} class="join-goal">
          <input
            type="radio"
            name="talk"
            checked={chosen === one.conversation_id}
            onChange={() => onChoose(one.conversation_id)}
          />
          <span>
            <b>
              {channelName(one.channel)} {one.reference}
            </b>{" "}
            <span class="t12 t3">
              {exactTime(one.at)} · {t(one.is_open ? "is_open" : "is_closed")}
              {one.owner && ` · ${both(one.owner)}`}
            </span>
            <span class="join-preview t12 t2" dir="auto">
              {one.words}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Points({ contact, chosen, onChoose }: ChoiceProps & { contact: ContactView }) {
  const points = splitPoints(contact);
  if (points.length === 0)
    return <Empty icon="message-off" title={t("no_point")} text={t("no_point_more")} />;
  return (
    <fieldset class="join-goals">
      <legend class="sr">{t("which_message")}</legend>
      {points.map((one) => (
        <label key={one.seq} class="join-goal">
          <input
            type="radio"
            name="point"
            checked={chosen === one.seq}
            onChange={() => onChoose(one.seq)}
          />
          <span>
            <b dir="auto">{one.letter?.subject || t("message")}</b>{" "}
            <span class="t12 t3">{exactTime(one.at)}</span>
            <span class="join-preview t12 t2" dir="auto">
              {one.text.slice(0, 120)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
