/** Words for ids, in the language of the interface. */
import { computed } from "@preact/signals";
import type { Both, WallContact } from "../../contract.ts";
import { both, lang } from "../../i18n/index.ts";
import { channelName } from "../../ui/index.ts";
import { setup } from "./store.ts";

type Named = { id: string; name: Both };
const byId = (list: readonly Named[] = []): Map<string, Both> =>
  new Map(list.map((one) => [one.id, one.name]));
// from the set-up, which hardly ever changes: what shows a name is not drawn again with the figures
const queueNames = computed(() => byId(setup.value?.queues));
const agentNames = computed(() => byId(setup.value?.agents));

export const queueName = (id: string | null): string => nameIn(queueNames.value, id);
export const agentName = (id: string | null): string => nameIn(agentNames.value, id);

function nameIn(names: Map<string, Both>, id: string | null): string {
  if (id === null) return "";
  const name = names.get(id);
  return name ? both(name) : id;
}

export const reasonName = (code: string): string => {
  const reason = setup.value?.presence_reasons.find((one) => one.code === code);
  return reason ? both(reason.label) : "";
};

export function segmentName(code: string): string {
  const segment = setup.value?.segments.find((one) => one.code === code);
  return segment ? both(segment.label) : code;
}

/** The masked name; a guest has a number, in the reader's words. */
export function titleOf(one: Pick<WallContact, "title" | "title_zh" | "channel">): string {
  return (lang.value === "zh" ? one.title_zh : one.title) || channelName(one.channel);
}
