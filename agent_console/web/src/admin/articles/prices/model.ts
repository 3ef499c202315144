/** Fees, rates and limits: what holds, what comes, what waits for a second person. */
import { computed, signal } from "@preact/signals";
import type { Both } from "../../../contract.ts";
import { timeZone } from "../../../i18n/index.ts";
import { http } from "../../../lib/http.ts";

/** The twin of this is in `agent_console/http/values.py`. */
export interface Price {
  id: string;
  name: string;
  en: string;
  zh: string;
  valid_from_at: number;
  state: "proposed" | "published";
  holds: boolean;
  /** Null: the operator's file. */
  proposed_by: Both | null;
  published_by: Both | null;
  why: string;
  mine: boolean;
}
interface List {
  values: Price[];
  /** Which articles name it. */
  named_by: Record<string, string[]>;
  time_zone: string;
}
export interface NewPrice {
  name: string;
  en: string;
  zh: string;
  valid_from_at: number;
  why: string;
}

export const prices = signal<List | "failed" | null>(null);
export const words = signal("");

/** What holds now stays in sight with what follows it; what is past is in the audit. */
export const shown = computed(() => {
  const now = prices.value;
  if (!now || now === "failed") return [];
  const wanted = words.value.trim().toLowerCase();
  const past = (one: Price): boolean =>
    one.state === "published" && !one.holds && one.valid_from_at * 1000 <= Date.now();
  return now.values.filter(
    (one) => !past(one) && `${one.name} ${one.en} ${one.zh}`.toLowerCase().includes(wanted),
  );
});

export async function load(): Promise<void> {
  const found = await http<List>("GET", "/api/values").catch(() => "failed" as const);
  if (found !== "failed") timeZone.value = found.time_zone;
  prices.value = found;
}

export async function propose(price: NewPrice): Promise<void> {
  await http("POST", "/api/values", price);
  await load();
}

export async function publish(id: string): Promise<void> {
  await http("POST", `/api/values/${encodeURIComponent(id)}/publish`);
  await load();
}

export async function withdraw(id: string, why: string): Promise<void> {
  await http("POST", `/api/values/${encodeURIComponent(id)}/withdraw`, { why });
  await load();
}
