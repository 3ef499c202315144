/** Closed contacts: the filters, what was found, which one is read. */
import { signal } from "@preact/signals";
import type { Both, MessageView } from "../../../contract.ts";
import { http, HttpProblem } from "../../../lib/http.ts";
import { serverNow } from "../../../lib/clock.ts";
import type { Candidate } from "../customers/model.ts";

export interface ClosedContact {
  id: string;
  reference: string;
  channel: string;
  queue_id: string | null;
  arrived_at: number;
  closed_at: number;
  ending: string;
  disposition: string | null;
  disposition_label: Both | null;
  score: number | null;
  agent_id: string | null;
  agent: Both | null;
  customer: { id: string; name: string; name_zh: string } | null;
}

export interface Amendment {
  kind: "note" | "outcome";
  by: Both | null;
  at: number;
  text: string;
  before: Both | null;
  after: Both | null;
}

export interface OpenedContact extends ClosedContact {
  conversation_id: string;
  language: string;
  /** The viewer served it, or supervises: may add, correct, reopen, send. */
  theirs: boolean;
  amendments: Amendment[];
  can_send: boolean;
}

export interface Opened {
  contact: OpenedContact;
  messages: MessageView[];
}

export interface Filters {
  reference: string;
  words: string;
  /** Days as the date fields have them: 2026-11-22. */
  from: string;
  to: string;
  agent_id: string;
  customer_id: string;
  disposition: string;
  queue_id: string;
}

export interface Found {
  contacts: ClosedContact[];
  more: boolean;
  read_back_to: number | null;
}

export type Result = Found | "loading" | "failed" | "too_many" | "bad_reference";

const DAY = 86_400;
/** The day in the browser's zone, as `midnight` reads it: in UTC it is yesterday for hours. */
const dayOf = (at: number): string => {
  const day = new Date(at * 1000);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

export const filters = signal<Filters>({
  reference: "",
  words: "",
  from: dayOf(serverNow() - 30 * DAY),
  to: dayOf(serverNow()),
  agent_id: "",
  customer_id: "",
  disposition: "",
  queue_id: "",
});
/** The customer of the filter, for its words. */
export const ofCustomer = signal<Candidate | null>(null);
export const result = signal<Result>("loading");
export const chosenContact = signal<ClosedContact | null>(null);

/** Midnight of a day in the browser's zone; the end of the last day is included. */
const midnight = (day: string, more = 0): number => {
  const at = new Date(`${day}T00:00:00`).getTime() / 1000;
  return Number.isFinite(at) ? Math.max(0, at + more * DAY) : 0;
};

let asked = 0;

export async function searchNow(): Promise<void> {
  asked += 1;
  const mine = asked;
  result.value = "loading";
  const { from, to, ...named } = filters.value;
  const body: Record<string, unknown> = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value.trim() !== ""),
  );
  // A reference is exact: the days of the other filters would only hide it.
  body.since_at = named.reference.trim() ? 0 : midnight(from);
  body.until_at = named.reference.trim() || !to ? 4e9 : midnight(to, 1);
  try {
    const found = await http<Found>("POST", "/api/closed-contacts/search", body);
    if (mine === asked) result.value = found;
  } catch (problem) {
    const code = problem instanceof HttpProblem ? problem.code : "";
    if (mine !== asked) return;
    if (code === "bad_reference") result.value = "bad_reference";
    else result.value = code === "too_many_searches" ? "too_many" : "failed";
  }
}

export const ask = <T>(path: string, body: object): Promise<T> =>
  http<T>("POST", `/api/closed-contacts/${path}`, body);
