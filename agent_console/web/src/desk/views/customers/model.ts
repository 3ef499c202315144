/** What is looked for and what was found; it stays while the agent goes to a contact and back. */
import { computed, effect, signal } from "@preact/signals";
import type { Lang, ScreenPop, StandingLine } from "../../../contract.ts";
import { lang } from "../../../i18n/index.ts";
import { http, HttpProblem } from "../../../lib/http.ts";
import { contacts } from "../../model/store.ts";

export interface Candidate {
  id: string;
  name: string;
  name_zh: string;
  number: string;
  segment: string;
  lifecycle: string;
  language: Lang;
  why: string[];
  /** A contact of this customer in the agent's hands. */
  contact_id: string | null;
}

export interface Found {
  customers: Candidate[];
  more: boolean;
  too_common: boolean;
}

export type Result = Found | "start" | "loading" | "failed" | "too_many";

const WAIT_MS = 300;

export const words = signal("");
export const result = signal<Result>("start");
export const chosenCandidate = signal<Candidate | null>(null);
/** The guest for whom a record is looked for. */
export const guestId = signal<string | null>(null);
export const guest = computed(() => {
  const one = guestId.value === null ? undefined : contacts.value[guestId.value];
  return one && !one.known && one.my_role === "owner" ? one : null;
});
/** The record that another one shall be merged into. */
export const mergeTarget = signal<Candidate | null>(null);

export const nameOf = (one: { name: string; name_zh: string }): string =>
  (lang.value === "zh" ? one.name_zh || one.name : one.name || one.name_zh) || "••";

let asked = 0;
let timer = 0;

async function ask(text: string): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const found = await http<Found>("POST", "/api/customers/search", { words: text });
    if (mine === asked) result.value = found;
  } catch (problem) {
    if (mine !== asked) return;
    const code = problem instanceof HttpProblem ? problem.code : "";
    if (code === "words_needed") result.value = { customers: [], more: false, too_common: false };
    else result.value = code === "too_many_searches" ? "too_many" : "failed";
  }
}

/** Ask again for what stands in the field. */
export function searchNow(): void {
  clearTimeout(timer);
  const text = words.value.trim();
  if (text === "") return;
  result.value = "loading";
  void ask(text);
}

effect(() => {
  const text = words.value.trim();
  clearTimeout(timer);
  asked += 1;
  if (text === "") {
    result.value = "start";
    return;
  }
  if (typeof result.peek() === "string") result.value = "loading";
  timer = window.setTimeout(() => void ask(text), WAIT_MS);
});

/** A record that no contact brought, with where the customer stood before. */
export interface OpenedRecord {
  record: ScreenPop;
  standing: StandingLine[];
}

export const openRecord = (customerId: string, reason: string): Promise<OpenedRecord> =>
  http("POST", "/api/customers/open", { customer_id: customerId, reason });

/** Show the customers page; for a guest, so that a record can be linked. */
export function lookFor(contactId: string | null): void {
  guestId.value = contactId;
  mergeTarget.value = null;
  location.hash = "customers";
}
