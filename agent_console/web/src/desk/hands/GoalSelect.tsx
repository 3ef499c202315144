/** A queue or a colleague in one list; the value says which: `q:ID` or `a:ID`. */
import { both } from "../../i18n/index.ts";
import { Field } from "../../ui/index.ts";
import { me, queues, setup } from "../model/store.ts";
import { t } from "./texts.ts";

interface GoalProps {
  label: string;
  value: string;
  error?: string | null;
  onChoose: (goal: string) => void;
}

export const goalOf = (value: string): { queue_id?: string; agent_id?: string } =>
  value.startsWith("a:") ? { agent_id: value.slice(2) } : { queue_id: value.slice(2) };

export function GoalSelect({ label, value, error, onChoose }: GoalProps) {
  return (
    <Field label={label} error={error}>
      {(attributes) => (
        <select
          {...attributes}
          class="in"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          <option value="">{t("choose_goal")}</option>
          <optgroup label={t("queues_group")}>
            {(setup.value?.queues ?? []).map((one) => (
              <option
                key={one.id}
                value={`q:${one.id}`}
                disabled={queues.value[one.id]?.open === false}
              >
                {both(one.name)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t("colleagues_group")}>
            {(setup.value?.agents ?? [])
              .filter((one) => one.id !== me.value?.id)
              .map((one) => (
                <option key={one.id} value={`a:${one.id}`}>
                  {both(one.name)}
                </option>
              ))}
          </optgroup>
        </select>
      )}
    </Field>
  );
}
