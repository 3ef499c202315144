/** The state of an agent in words, as a dot and as time. */
import { computed } from "@preact/signals";
import type { AgentTile, AlertView } from "../../contract.ts";
import { Avatar, channelName, Since } from "../../ui/index.ts";
import { both } from "../../i18n/index.ts";
import { serverNow } from "../../lib/clock.ts";
import { groupOf, isAway, sinceOf } from "../model/agents.ts";
import { queueName, reasonName } from "../model/names.ts";
import { alerts } from "../model/store.ts";
import { t } from "../texts.ts";

export const DOT = {
  busy: "pr-busy",
  free: "pr-available",
  wrap: "pr-wrap",
  break: "pr-break",
  other: "pr-training",
} as const;

/** "Ringing", "2 contacts", "Chat", "Break, Lunch". */
export function stateWord(agent: AgentTile): string {
  switch (agent.activity) {
    case "ringing":
      return t("agent_ringing");
    case "wrap_up":
      return t("agent_wrap_up");
    case "on_contact": {
      const [first] = agent.contacts;
      if (!first) return t("agent_on_contact");
      return agent.contacts.length === 1
        ? channelName(first.channel)
        : t("agent_contacts", { count: agent.contacts.length });
    }
    default:
      if (agent.presence === "available" && !agent.phone_ready) return t("agent_phone_down");
      return reasonName(agent.presence_reason) || t(`presence_${agent.presence}`);
  }
}

/** Why an available agent is offered no call, and what helps; empty when all is well. */
export const phoneHelp = (agent: AgentTile): string =>
  agent.presence === "available" && !agent.phone_ready ? t("agent_phone_help") : "";

/** The queues the agent works for right now. */
export const whereWord = (agent: AgentTile): string =>
  [...new Set(agent.contacts.map((one) => queueName(one.queue_id)))].filter(Boolean).join(", ");

export function AgentAvatar({ agent, size = 28 }: { agent: AgentTile; size?: 20 | 28 }) {
  const away = isAway(agent) ? "pr-offline" : DOT[groupOf(agent)];
  const looks = agent.activity === "ringing" ? "pr-offered" : away;
  return (
    <Avatar name={both(agent.name)} seed={agent.id} size={size}>
      <span class={`dot pr ${looks}`} />
    </Avatar>
  );
}

const DAY_SECONDS = 86_400;

const callsFor = (one: AlertView): boolean =>
  one.agent_id !== null && (one.kind === "over_break" || one.kind === "help_asked");

/** Ids in one text, so that nobody is drawn again while they stay the same. */
const calledFor = computed(() =>
  Object.values(alerts.value)
    .filter(callsFor)
    .map((one) => ` ${one.agent_id} `)
    .sort()
    .join(""),
);

/** Time in state; red while an alert speaks of this agent. */
export function TimeInState({ agent }: { agent: AgentTile }) {
  const late = calledFor.value.includes(` ${agent.id} `);
  const since = sinceOf(agent);
  // who was never here, or not today, has no time that helps
  if (isAway(agent) && serverNow() - since > DAY_SECONDS) return null;
  return <Since at={since} class={late ? "over" : ""} />;
}
