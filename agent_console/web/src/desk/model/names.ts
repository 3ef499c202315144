/** Words for the ids of the set-up, in the language of the interface. */
import type { Both } from "../../contract.ts";
import { both, lang } from "../../i18n/index.ts";
import { me, setup } from "./store.ts";

const found = (
  list: ReadonlyArray<{ label: Both; code: string }> | undefined,
  code: string,
): string => {
  const entry = list?.find((one) => one.code === code);
  return entry ? both(entry.label) : code;
};

/** In the language of the interface, or in that of who reads it. */
export function queueName(id: string | null, language = lang.value): string {
  const queue = setup.value?.queues.find((one) => one.id === id);
  return queue ? queue.name[language] || queue.name.en : (id ?? "");
}

export const segmentName = (code: string): string => found(setup.value?.segments, code);

export const presenceReason = (code: string): string => found(setup.value?.presence_reasons, code);

/** By id; a name in English finds its Chinese form too. */
export function agentName(id: string): string {
  const mine = me.value;
  const agent =
    mine?.id === id ? mine : setup.value?.agents.find((one) => one.id === id || one.name.en === id);
  return agent ? both(agent.name) : id;
}
