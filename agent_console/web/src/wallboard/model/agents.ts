/** Agents by what they do now. Pure. */
import type { AgentTile } from "../../contract.ts";

export const GROUPS = ["busy", "free", "wrap", "break", "other", "offline"] as const;
export type Group = (typeof GROUPS)[number];
/** "all" are the signed-in. */
export type AgentFilter = Group | "all";

/** What a person does counts before what they declared: one on a break may still be writing. */
export function groupOf(agent: Pick<AgentTile, "activity" | "presence">): Group {
  if (agent.activity === "on_contact" || agent.activity === "ringing") return "busy";
  if (agent.activity === "wrap_up") return "wrap";
  switch (agent.presence) {
    case "available":
      return "free";
    case "break":
    case "offline":
      return agent.presence;
    default:
      return "other";
  }
}

export function countGroups(agents: readonly AgentTile[]): Record<AgentFilter, number> {
  const counts = { all: 0, busy: 0, free: 0, wrap: 0, break: 0, other: 0, offline: 0 };
  for (const agent of agents) {
    const group = groupOf(agent);
    counts[group] += 1;
    if (group !== "offline") counts.all += 1;
  }
  return counts;
}

/** The agents of a filter, in an order that does not change with what they do. */
export function inGroup(agents: readonly AgentTile[], filter: AgentFilter): AgentTile[] {
  return agents
    .filter((one) => {
      const group = groupOf(one);
      return filter === "all" ? group !== "offline" : group === filter;
    })
    .sort((a, b) => a.name.en.localeCompare(b.name.en) || (a.id < b.id ? -1 : 1));
}

/** When the present state began. The available are idle since their last work, too. */
export const sinceOf = (agent: AgentTile): number =>
  agent.activity === "idle" && agent.presence !== "available"
    ? agent.presence_since
    : agent.activity_since;
