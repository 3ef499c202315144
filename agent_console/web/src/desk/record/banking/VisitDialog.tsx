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

/** Branch, day, time and subject; only what is free is offered. */
export function VisitDialog({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const [choices, setChoices] = useState<Choices | null>(null);
  const [failed, setFailed] = useState(false);
  const [branch, setBranch] = useState("");
  const [day, setDay] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const [topic, setTopic] = useState("");
  const [tried, setTried] = useState(false);
  const open = choices?.branches.find((one) => one.id === branch);
  const days = choices?.days.filter((one) => open?.days.includes(weekday(one))) ?? [];

  const read = async (branchId: string, of: string): Promise<void> => {
    setFailed(false);
    const where = branchId && of ? { branch_id: branchId, day: of } : {};
    const answer = await feed.send<Choices>("appointment_slots", {
      contact_id: contactId,
      ...where,
    });
    if (!answer.ok) return setFailed(true);
    setChoices(answer.result);
    if (!branchId) start(answer.result);
  };
  const start = (found: Choices): void => {
    const first = found.branches[0];
    setTopic(found.topics[0]?.code ?? "");
    if (first) pickBranch(first.id, found);
  };
  const pickBranch = (id: string, found: Choices): void => {
    const its = found.branches.find((one) => one.id === id);
    setBranch(id);
    pickDay(id, found.days.find((one) => its?.days.includes(weekday(one))) ?? "");
  };
  const pickDay = (id: string, of: string): void => {
    setDay(of);
    setAt(null);
    if (of) void read(id, of);
  };
  useEffect(() => void read("", ""), []);

  return (
    <OrderDialog
      title={t("visit_title")}
      act={t("do_book")}
      command="book_appointment"
      contactId={contactId}
      args={at === null ? null : { branch_id: branch, starts_at: at, topic }}
      onMissing={() => setTried(true)}
      onClose={onClose}
    >
      {failed && (
        <Banner tone="bad" icon="alert" role="alert">
          {t("slots_failed")}{" "}
          <Button size="s" onClick={() => void read(branch, day)}>
            {t("again")}
          </Button>
        </Banner>
      )}
      {!choices && !failed && <Skeleton lines={[60, 80, 80]} />}
      {choices && (
        <>
          <Select
            label={t("topic")}
            value={topic}
            onChoose={setTopic}
            options={choices.topics.map((one) => [one.code, both(one.label)])}
          />
          <Select
            label={t("branch")}
            value={branch}
            onChoose={(id) => pickBranch(id, choices)}
            options={choices.branches.map((one) => [
              one.id,
              `${both(one.name)}, ${both(one.address)}`,
            ])}
          />
          <Select
            label={t("day")}
            value={day}
            onChoose={(of) => pickDay(branch, of)}
            options={days.map((one) => [one, longDay(noon(one))])}
          />
          <Times slots={choices.slots} chosen={at} onChoose={setAt} missing={tried} />
        </>
      )}
    </OrderDialog>
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
