/** The alerts of a day, as the hub has kept them. */
import { signal } from "@preact/signals";
import type { AlertsOfDay, AlertSpell } from "../../contract.ts";
import { clockTime, dayKey, exactTime, span } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { agentName, queueName } from "../model/names.ts";
import { t as words } from "../texts.ts";
import { LOOK } from "../model/alerts.ts";
import { t } from "./texts.ts";

export type History =
  | { phase: "loading" }
  | { phase: "failed" }
  | ({ phase: "here" } & AlertsOfDay);

export const history = signal<History>({ phase: "loading" });
/** The day that was asked for last: an answer for another one comes too late. */
let asked = "";

/** Read a day; without one, today. */
export async function readDay(day: string | null): Promise<void> {
  const mine = (asked = day ?? "");
  if (history.value.phase !== "here" || history.value.day !== day) {
    history.value = { phase: "loading" };
  }
  try {
    const query = day ? `?day=${encodeURIComponent(day)}` : "";
    const found = await http<AlertsOfDay>("GET", `/api/alerts${query}`);
    if (mine === asked) history.value = { phase: "here", ...found };
  } catch {
    if (mine === asked) history.value = { phase: "failed" };
  }
}

/** "Long wait · Cards": the alert may be over, so only its kind and whom it was about. */
export function aboutWhat({ kind, queue_id, agent_id }: AlertSpell): string {
  const name = kind in LOOK ? words(`kind_${kind}`) : kind;
  return [name, queueName(queue_id), agentName(agent_id)].filter(Boolean).join(" · ");
}

/** "14:02 to 14:20 (18:00)", or since when it calls; with the day where it is another one. */
export function when({ began_at, ended_at }: AlertSpell): string {
  const from = clockTime(began_at);
  if (ended_at === null) return t("calls_since", { time: from });
  const sameDay = dayKey(began_at) === dayKey(ended_at);
  const parts = {
    from: sameDay ? from : exactTime(began_at),
    to: sameDay ? clockTime(ended_at) : exactTime(ended_at),
    length: span(ended_at - began_at),
  };
  return t("called_from", parts);
}
