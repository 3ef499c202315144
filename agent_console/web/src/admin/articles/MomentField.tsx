import { timeZone } from "../../i18n/index.ts";
import { momentOf, wallTime } from "../../lib/zone.ts";
import { Field } from "../../ui/index.ts";
import { t } from "./texts.ts";

interface MomentFieldProps {
  label: string;
  value: string;
  hint?: string;
  error: string | null;
  onInput: (value: string) => void;
}

/** A day and a time by the bank's clock. */
export function MomentField({ label, value, hint, error, onInput }: MomentFieldProps) {
  const zone = t("banks_clock", { zone: timeZone.value });
  return (
    <Field label={label} required error={error} hint={hint ? `${hint} ${zone}` : zone}>
      {(attributes) => (
        <input
          {...attributes}
          class="in"
          type="datetime-local"
          required
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export const wall = (at: number): string => wallTime(at, timeZone.value);

/** Epoch seconds; null for what is no moment to come. */
export function ahead(value: string, now: number): number | null {
  const at = momentOf(value, timeZone.value);
  return Number.isFinite(at) && at > now ? at : null;
}
