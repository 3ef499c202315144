/** Who could help where somebody is missing, and what they would need for it. */
import { signal } from "@preact/signals";
import type { AgentTile, LentSkill, QueueTile } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { toast } from "../../ui/index.ts";
import { agentName, queueName } from "../model/names.ts";
import { agents, feed, setup } from "../model/store.ts";
import { t } from "./texts.ts";

/** The queue for which help is being sought. */
export const helping = signal<string | null>(null);

export const skillName = (code: string): string => {
  const found = setup.value?.skills.find((one) => one.code === code);
  return found ? both(found.label) : code;
};

export const skillWords = (skills: readonly LentSkill[]): string =>
  skills.map((one) => skillName(one.skill)).join(t("and"));

/** What to give so that everybody who waits in vain could be served. */
export function neededFor(tile: QueueTile): LentSkill[] {
  const levels = new Map<string, number>();
  for (const { skills } of tile.missing) {
    for (const { skill, level } of skills)
      levels.set(skill, Math.max(level, levels.get(skill) ?? 0));
  }
  return [...levels].map(([skill, level]) => ({ skill, level }));
}

export interface Gift {
  queue_id: string | null;
  skills: LentSkill[];
}

/** What this agent lacks of it. */
export function lackedBy(agent: AgentTile, queueId: string, needed: readonly LentSkill[]): Gift {
  const has = (need: LentSkill): boolean =>
    agent.skills.some((own) => own.skill === need.skill && own.level >= need.level);
  return {
    queue_id: agent.queues.includes(queueId) ? null : queueId,
    skills: needed.filter((need) => !has(need)),
  };
}

export const isNothing = (gift: Gift): boolean =>
  gift.queue_id === null && gift.skills.length === 0;

/** Signed-in agents; who needs the least comes first. */
export function helpers(queueId: string, needed: readonly LentSkill[]): AgentTile[] {
  const cost = (agent: AgentTile): number => {
    const { queue_id, skills } = lackedBy(agent, queueId, needed);
    return (queue_id === null ? 0 : 1) + 2 * skills.length;
  };
  return Object.values(agents.value)
    .filter((one) => one.presence !== "offline")
    .filter((one) => !isNothing(lackedBy(one, queueId, needed)))
    .sort((a, b) => cost(a) - cost(b) || (both(a.name) < both(b.name) ? -1 : 1));
}

export async function lend(agentId: string, gift: Gift, untilAt: number | null): Promise<void> {
  const args = { agent_id: agentId, ...gift, until_at: untilAt };
  if (!done(await feed.send("assist", args))) return;
  toast({ tone: "ok", title: t("lent", { agent: agentName(agentId) }) });
}

export async function takeBack(agentId: string, assistId: string): Promise<void> {
  if (!done(await feed.send("end_assist", { assist_id: assistId }))) return;
  toast({ tone: "ok", title: t("taken_back", { agent: agentName(agentId) }) });
}

/** `Take back: Cards + Chinese (until 18:00)`. */
export function takeBackWords(assist: AgentTile["assists"][number]): string {
  const queue = assist.queue_id === null ? [] : [queueName(assist.queue_id)];
  const skills = assist.skills.map((one) => skillName(one.skill));
  const what = [...queue, ...skills].join(t("and"));
  return t("take_back", { what, time: clockTime(assist.until_at) });
}
