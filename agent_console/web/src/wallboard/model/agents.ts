/** Agents by what they do now. Pure. */
import type { AgentTile } from "../../contract.ts";

export const GROUPS = ["busy", "free", "wrap", "break", "other"] as const;
export type Group = (typeof GROUPS)[number];
export type AgentFilter = Group | "all";

/** What a person does counts before what they declared: one on a break may still be writing. */
export function groupOf(agent: Pick<AgentTile, "activity" | "presence">): Group {
  if (agent.activity === "on_contact" || agent.activity === "ringing") return "busy";
  if (agent.activity === "wrap_up") return "wrap";
  switch (agent.presence) {
    case "available":
      return "free";
    case "break":
      return "break";
    default:
      return "other";
  }
}

export function countGroups(agents: readonly AgentTile[]): Record<AgentFilter, number> {
  const counts = { all: 0, busy: 0, free: 0, wrap: 0, break: 0, other: 0 };
  for (const agent of agents) {
    counts[groupOf(agent)] += 1;
    counts.all += 1;
  }
  return counts;
}

const byName = new Intl.Collator("en");

/** The agents of a filter by name, so that a tile keeps its place; who is offline comes last. */
export function inGroup(agents: readonly AgentTile[], filter: AgentFilter): AgentTile[] {
  return agents
    .filter((one) => filter === "all" || groupOf(one) === filter)
    .sort(
      (a, b) =>
        Number(isAway(a)) - Number(isAway(b)) ||
        byName.compare(a.name.en, b.name.en) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Not signed in. */
export const isAway = (agent: Pick<AgentTile, "presence">): boolean => agent.presence === "offline";

/** When the present state began. The available are idle since their last work, too. */
export const sinceOf = (agent: AgentTile): number =>
  agent.activity === "idle" && agent.presence !== "available"
    ? agent.presence_since
    : agent.activity_since;
