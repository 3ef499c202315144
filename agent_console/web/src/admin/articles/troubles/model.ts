/** What does not work now: readers of the articles concerned are told until a set time. */
import { signal } from "@preact/signals";
import { timeZone } from "../../../i18n/index.ts";
import { http } from "../../../lib/http.ts";

/** The twin of this is in `agent_console/http/values.py`. */
export interface Trouble {
  id: string;
  en: string;
  zh: string;
  /** Slugs; none: the whole help centre. */
  about: string[];
  until_at: number;
}

export const troubles = signal<Trouble[] | "failed" | null>(null);

export async function load(): Promise<void> {
  const found = await http<{ disturbances: Trouble[]; time_zone: string }>(
    "GET",
    "/api/disturbances",
  ).catch(() => null);
  if (found) timeZone.value = found.time_zone;
  troubles.value = found?.disturbances ?? "failed";
}

export async function tell(one: Omit<Trouble, "id">): Promise<void> {
  await http("POST", "/api/disturbances", one);
  await load();
}

export async function end(id: string): Promise<void> {
  await http("POST", `/api/disturbances/${encodeURIComponent(id)}/end`);
  await load();
}
