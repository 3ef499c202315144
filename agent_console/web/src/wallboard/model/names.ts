/** Words for ids, in the language of the interface. */
import type { WallContact } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { channelName } from "../../ui/index.ts";
import { t } from "../texts.ts";
import { agents, setup, tiles } from "./store.ts";

export function queueName(id: string | null): string {
  if (id === null) return "";
  const queue = tiles.value[id] ?? setup.value?.queues.find((one) => one.id === id);
  return queue ? both(queue.name) : id;
}

export function agentName(id: string | null): string {
  if (id === null) return "";
  const agent = agents.value[id] ?? setup.value?.agents.find((one) => one.id === id);
  return agent ? both(agent.name) : id;
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
export function titleOf(one: Pick<WallContact, "title" | "channel">): string {
  const guest = /^Guest (\d+)$/.exec(one.title)?.[1];
  if (guest) return t("guest_number", { number: guest });
  return one.title || channelName(one.channel);
}
