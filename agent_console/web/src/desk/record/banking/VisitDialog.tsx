import { useEffect, useState } from "preact/hooks";
import type { Both } from "../../../contract.ts";
import { both, clockTime, longDay } from "../../../i18n/index.ts";
import { Banner, Button, Field, Skeleton } from "../../../ui/index.ts";
import { feed } from "../../model/store.ts";
import { OrderDialog } from "./OrderDialog.tsx";
import { t } from "./texts.ts";

interface Choices {
  branches: Array<{ id: string; name: Both; address: Both; days: number[] }>;
  topics: Array<{ code: string; label: Both }>;
  days: string[]; // 2026-11-24
  slots: number[];
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;
/** 1 is Monday. */
const weekday = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;

interface Visit {
  branch: string;
  day: string;
  at: number | null;
  topic: string;
}

const NOTHING: Visit = { branch: "", day: "", at: null, topic: "" };

/** What is free and what is chosen; a new branch or day reads its free times. */
function useVisit(contactId: string) {
  const [choices, setChoices] = useState<Choices | null>(null);
  const [failed, setFailed] = useState(false);
  const [visit, setVisit] = useState(NOTHING);
  const read = async (now: Visit): Promise<void> => {
    setFailed(false);
    const where = now.branch && now.day ? { branch_id: now.branch, day: now.day } : {};
    const args = { contact_id: contactId, ...where };
    const answer = await feed.send<Choices>("appointment_slots", args);
    if (!answer.ok) return setFailed(true);
    setChoices(answer.result);
    if (!now.branch) start(answer.result);
  };
  const start = (found: Choices): void => {
    const first = found.branches[0];
    const topic = found.topics[0]?.code ?? "";
    if (first) pick({ ...NOTHING, topic, branch: first.id, day: firstDay(found, first.id) }, true);
  };
  /** `reads`: branch or day is another one, so the times are too. */
  const pick = (now: Visit, reads: boolean): void => {
    setVisit(reads ? { ...now, at: null } : now);
    if (reads && now.day) void read(now);
  };
  useEffect(() => void read(NOTHING), []);
  return { choices, failed, visit, pick, again: () => void read(visit) };
}

const daysOf = (found: Choices, branch: string): string[] => {
  const open = found.branches.find((one) => one.id === branch);
  return found.days.filter((one) => open?.days.includes(weekday(one)));
};
const firstDay = (found: Choices, branch: string): string => daysOf(found, branch)[0] ?? "";

interface VisitDialogProps {
  contactId: string;
  /** The appointment that is moved; none: a new one is booked. */
  orderId?: string;
  onClose: () => void;
}

/** Branch, day, time and subject; only what is free is offered. */
export function VisitDialog({ contactId, orderId, onClose }: VisitDialogProps) {
  const { choices, failed, visit, pick, again } = useVisit(contactId);
  const [tried, setTried] = useState(false);
  const { branch, at, topic } = visit;
  const what = orderId ? { order_id: orderId } : { topic };
  return (
    <OrderDialog
      title={t(orderId ? "move_visit_title" : "visit_title")}
      act={t(orderId ? "do_move_visit" : "do_book")}
      command={orderId ? "move_appointment" : "book_appointment"}
      contactId={contactId}
      args={at === null ? null : { branch_id: branch, starts_at: at, ...what }}
      onMissing={() => setTried(true)}
      onClose={onClose}
    >
      {failed && (
        <Banner tone="bad" icon="alert" role="alert">
          {t("slots_failed")}{" "}
          <Button size="s" onClick={again}>
            {t("again")}
          </Button>
        </Banner>
      )}
      {!choices && !failed && <Skeleton lines={[60, 80, 80]} />}
      {choices && (
        <Chooser choices={choices} visit={visit} pick={pick} tried={tried} asksTopic={!orderId} />
      )}
    </OrderDialog>
  );
}

interface ChooserProps {
  choices: Choices;
  visit: Visit;
  pick: (visit: Visit, reads: boolean) => void;
  tried: boolean;
  asksTopic: boolean;
}

function Chooser({ choices, visit, pick, tried, asksTopic }: ChooserProps) {
  const places = choices.branches.map(
    (one) => [one.id, `${both(one.name)}, ${both(one.address)}`] as const,
  );
  return (
    <>
      {asksTopic && (
        <Select
          label={t("topic")}
          value={visit.topic}
          onChoose={(topic) => pick({ ...visit, topic }, false)}
          options={choices.topics.map((one) => [one.code, both(one.label)])}
        />
      )}
      <Select
        label={t("branch")}
        value={visit.branch}
        onChoose={(branch) => pick({ ...visit, branch, day: firstDay(choices, branch) }, true)}
        options={places}
      />
      <Select
        label={t("day")}
        value={visit.day}
        onChoose={(day) => pick({ ...visit, day }, true)}
        options={daysOf(choices, visit.branch).map((one) => [one, longDay(noon(one))])}
      />
      <Times
        slots={choices.slots}
        chosen={visit.at}
        onChoose={(at) => pick({ ...visit, at }, false)}
        missing={tried}
      />
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: ReadonlyArray<readonly [string, string]>;
  onChoose: (value: string) => void;
}

function Select({ label, value, options, onChoose }: SelectProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          {...attributes}
          class="in"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {options.map(([id, text]) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TimesProps {
  slots: readonly number[];
  chosen: number | null;
  onChoose: (at: number) => void;
  missing: boolean;
}

function Times({ slots, chosen, onChoose, missing }: TimesProps) {
  return (
    <fieldset class="slots">
      <legend class="lbl">{t("time")}</legend>
      {slots.length === 0 && <p class="t12 t3">{t("no_slots")}</p>}
      {slots.map((one) => (
        <label key={one} class="slot">
          <input type="radio" name="slot" checked={one === chosen} onChange={() => onChoose(one)} />
          <span>{clockTime(one)}</span>
        </label>
      ))}
      {missing && chosen === null && slots.length > 0 && (
        <p class="err" role="alert">
          {t("choose_time")}
        </p>
      )}
    </fieldset>
  );
}
