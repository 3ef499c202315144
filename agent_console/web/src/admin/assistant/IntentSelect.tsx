import { matterName } from "../../i18n/matter.ts";
import { view } from "./model.ts";
import { t } from "./texts.ts";

interface Props {
  label: string;
  value: string;
  onChoose: (intent: string) => void;
}

/** Every intent by its name, in the reader's language. */
export function IntentSelect({ label, value, onChoose }: Props) {
  const named = (view.value?.intents ?? []).map((code) => ({ code, name: matterName(code) }));
  named.sort((a, b) => a.name.localeCompare(b.name));
  return (
    <select
      class="in in-s teach-intent"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{t("choose_intent")}</option>
      {named.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
