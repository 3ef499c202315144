/** What is asked for, what was counted, and asking again until it is. */
import { effect, signal } from "@preact/signals";
import type { Counted, DayReport, ReportAnswer } from "../contract/reports.ts";
import { timeZone } from "../i18n/format.ts";
import { both } from "../i18n/index.ts";
import { http, type Me, whoAmI } from "../lib/http.ts";

const AGAIN_MS = 400;

export interface Chosen {
  first: string; // "" : today
  last: string;
  queue_id: string;
  team: string;
  channel: string;
}

export const chosen = signal<Chosen>({ first: "", last: "", queue_id: "", team: "", channel: "" });
export const me = signal<Me | null>(null);
export const report = signal<DayReport | null>(null);
export const phase = signal<Counted>("working");
export const progress = signal(0);

export const choose = (part: Partial<Chosen>): void => {
  chosen.value = { ...chosen.peek(), ...part };
};

/** The filters as a query; what is not chosen is left out. */
export function queryOf(values: Record<string, string | number>): string {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** Ask until it is counted; null when a newer question made this one idle. */
export async function untilCounted<T extends { state: Counted; done_ratio: number }>(
  path: string,
  told: (ratio: number) => void,
  isIdle: () => boolean,
): Promise<T | null> {
  for (;;) {
    const answer = await http<T>("GET", path);
    if (isIdle()) return null;
    if (answer.state !== "working") return answer;
    told(answer.done_ratio);
    await new Promise((done) => setTimeout(done, AGAIN_MS));
    if (isIdle()) return null;
  }
}

let asked = 0;

export async function load(): Promise<void> {
  const mine = ++asked;
  phase.value = "working";
  progress.value = 0;
  const query = queryOf({ ...chosen.peek() });
  try {
    const answer = await untilCounted<ReportAnswer>(
      `/api/reports?${query}`,
      (ratio) => (progress.value = ratio),
      () => mine !== asked,
    );
    if (!answer) return;
    if (answer.report) {
      timeZone.value = answer.report.time_zone;
      report.value = answer.report;
    }
    phase.value = answer.state;
  } catch {
    if (mine === asked) phase.value = "failed";
  }
}

/** Begin: who am I, then today; afterwards whatever is chosen. */
export async function begin(): Promise<void> {
  me.value = await whoAmI();
  if (!me.value) return location.assign("/sign-in");
  effect(() => {
    void chosen.value;
    void load();
  });
}

export const may = (right: string): boolean => me.value?.rights.includes(right) ?? false;

export function queueName(id: string | null): string {
  const name = id ? report.value?.names.queues[id] : null;
  return name ? both(name) : (id ?? "–") || "–";
}

export function agentName(id: string | null): string {
  const agent = id ? report.value?.names.agents[id] : null;
  return agent ? both(agent.name) : (id ?? "–") || "–";
}

export const teamOf = (id: string): string => report.value?.names.agents[id]?.team ?? "";
