import type { ComponentChildren } from "preact";
import { both } from "../../../i18n/index.ts";
import { Button, Field, Input } from "../../../ui/index.ts";
import { me, setup } from "../../model/store.ts";
import { CustomerFilter } from "./CustomerFilter.tsx";
import { filters, searchNow, type Filters } from "./model.ts";
import { t } from "./texts.ts";

/** What to look for. Nothing is asked for before the button or Enter. */
export function Filter() {
  const put = (name: keyof Filters) => (value: string) =>
    (filters.value = { ...filters.value, [name]: value });
  const now = filters.value;
  const all = me.value?.rights.includes("watch_contacts") ?? false;
  return (
    <form
      class="closed-filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void searchNow();
      }}
    >
      <Input
        label={t("reference")}
        placeholder={t("reference_hint")}
        value={now.reference}
        onInput={put("reference")}
        autoComplete="off"
        spellcheck={false}
      />
      <Input label={t("words")} type="search" value={now.words} onInput={put("words")} />
      <Input label={t("from")} type="date" value={now.from} onInput={put("from")} />
      <Input label={t("to")} type="date" value={now.to} onInput={put("to")} />
      {all && (
        <Choose label={t("agent")} value={now.agent_id} onChoose={put("agent_id")}>
          <option value="">{t("anybody")}</option>
          {(setup.value?.agents ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {both(one.name)}
            </option>
          ))}
        </Choose>
      )}
      <CustomerFilter />
      <Choose label={t("queue")} value={now.queue_id} onChoose={put("queue_id")}>
        <option value="">{t("any_queue")}</option>
        {(setup.value?.queues ?? []).map((one) => (
          <option key={one.id} value={one.id}>
            {both(one.name)}
          </option>
        ))}
      </Choose>
      <Choose label={t("outcome")} value={now.disposition} onChoose={put("disposition")}>
        <option value="">{t("any_outcome")}</option>
        {outcomes(now.queue_id).map((one) => (
          <option key={one.code} value={one.code}>
            {both(one.label)}
          </option>
        ))}
      </Choose>
      <Button kind="primary" type="submit" icon="search">
        {t("look")}
      </Button>
    </form>
  );
}

/** The outcomes of a queue, or of all queues, each once. */
export function outcomes(queueId: string | null) {
  const queues = (setup.value?.queues ?? []).filter((one) => !queueId || one.id === queueId);
  const found = new Map(queues.flatMap((one) => one.dispositions).map((one) => [one.code, one]));
  return [...found.values()];
}

interface ChooseProps {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ComponentChildren;
}

export function Choose({ label, value, onChoose, children }: ChooseProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          {...attributes}
          class="in"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {children}
        </select>
      )}
    </Field>
  );
}
