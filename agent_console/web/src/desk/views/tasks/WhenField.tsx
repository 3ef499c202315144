import { useState } from "preact/hooks";
import { serverNow } from "../../../lib/clock.ts";
import { Field, Segmented } from "../../../ui/index.ts";
import { t } from "./texts.ts";

type Choice = "in_1_hour" | "tomorrow" | "in_3_days" | "other_time";
const CHOICES: readonly Choice[] = ["in_1_hour", "tomorrow", "in_3_days", "other_time"];
const HOUR = 3600;

function morning(daysAhead: number): number {
  const day = new Date(serverNow() * 1000);
  day.setDate(day.getDate() + daysAhead);
  day.setHours(9, 0, 0, 0);
  return day.getTime() / 1000;
}

const TIME: Record<Exclude<Choice, "other_time">, () => number> = {
  in_1_hour: () => Math.round(serverNow()) + HOUR,
  tomorrow: () => morning(1),
  in_3_days: () => morning(3),
};

/** For an input of type datetime-local, in the zone of this computer. */
const local = (at: number): string => {
  const date = new Date(at * 1000);
  date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
  return date.toISOString().slice(0, 16);
};

export interface When {
  at: number;
  error: string | null;
}

/** A time to come: three usual ones, or any other. */
export function useWhen(): { when: When; field: preact.JSX.Element } {
  const [choice, setChoice] = useState<Choice>("tomorrow");
  const [other, setOther] = useState(() => local(morning(1)));
  const at = choice === "other_time" ? new Date(other).getTime() / 1000 : TIME[choice]();
  const error = Number.isFinite(at) && at > serverNow() ? null : t("time_past");
  const field = (
    <>
      <div class="field">
        <span class="lbl">{t("when")}</span>
        <Segmented
          label={t("when")}
          items={CHOICES.map((id) => ({ id, label: t(id) }))}
          chosen={choice}
          onChoose={setChoice}
        />
      </div>
      {choice === "other_time" && (
        <Field label={t("other_time")} error={error}>
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              class="in"
              value={other}
              min={local(serverNow())}
              onInput={(event) => setOther(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
    </>
  );
  return { when: { at, error }, field };
}
