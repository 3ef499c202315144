/** The words of system lines. Codes come from `hub/journey`; an unknown code shows as it is. */
import type { MessageView } from "../../contract.ts";
import { lang } from "../../i18n/index.ts";
import type { IconName } from "../../ui/index.ts";
import { agentName, queueName } from "../model/names.ts";
import { t } from "../texts.ts";

type Words = (data: Record<string, string>, name: string) => string;

const WORDS: Record<string, Words> = {
  agent_joined: (_, name) => t("ev_agent_joined", { name }),
  agent_left: (_, name) => t("ev_agent_left", { name }),
  agent_lost: (_, name) => t("ev_agent_lost", { name }),
  agent_invited: (_, name) => t("ev_agent_invited", { name }),
  transferred: (data) => t("ev_transferred", { goal: goalOf(data) }),
  taken_over: (_, name) => t("ev_taken_over", { name }),
  queued: (data) => t("ev_queued", { goal: goalOf(data) }),
  handed_off: (data) => t("ev_queued", { goal: goalOf(data) }),
  silence_warned: () => t("ev_silence_warned"),
  customer_left: () => t("ev_customer_left"),
  customer_back: () => t("ev_customer_back"),
  closed: (data) => t(data.reason === "silence" ? "ev_closed_silence" : "ev_closed"),
  contact_closed: (data) => t(data.reason === "silence" ? "ev_closed_silence" : "ev_closed"),
};

const ICONS: Record<string, IconName> = {
  agent_joined: "user",
  agent_left: "sign-out",
  agent_lost: "alert",
  agent_invited: "user-plus",
  transferred: "transfer",
  taken_over: "transfer",
  silence_warned: "clock",
  closed: "check",
  contact_closed: "check",
};

const goalOf = (data: Record<string, string>): string =>
  data.agent_id ? agentName(data.agent_id) : queueName(data.queue_id ?? "");

function nameOf(message: MessageView): string {
  const data = message.data ?? {};
  const told = lang.value === "zh" ? data.name_zh : data.name_en;
  return told ?? data.name ?? (data.agent_id ? agentName(data.agent_id) : t("a_colleague"));
}

export function eventText(message: MessageView): string {
  const words = WORDS[message.event ?? ""];
  if (words) return words(message.data ?? {}, nameOf(message));
  return message.text || (message.event ?? "").replaceAll("_", " ");
}

export const eventIcon = (code: string): IconName => ICONS[code] ?? "info";
