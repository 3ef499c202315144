/** Where an agent takes calls: in this browser, or at a telephone that was approved for them. */
import { signal } from "@preact/signals";
import { http } from "../lib/http.ts";
import { ofTab, recall, remember } from "../lib/memory.ts";

export interface Phones {
  /** Whether any line of ours can call telephones. */
  can_ring: boolean;
  phones: Array<{ id: string; number: string }>; // masked
  chosen: string | null;
}

const NONE: Phones = { can_ring: false, phones: [], chosen: null };
const START_AT = "phone.start_at";
/** "In the browser", as a choice that can be remembered. */
const BROWSER = "browser";

export const phones = signal<Phones>(NONE);

/** Who may not have a telephone, or cannot ask now, has the browser. */
export async function loadPhones(): Promise<void> {
  phones.value = await http<Phones>("GET", "/api/phones").catch(() => NONE);
}

export const hasChoice = (): boolean => phones.value.can_ring && phones.value.phones.length > 0;

/** Chosen in the check before the shift; the desk carries it out. */
export function startAt(phoneId: string | null): void {
  remember(START_AT, phoneId ?? BROWSER, ofTab);
}

/** What was chosen in the check, once; undefined: nothing. */
export function takeStartAt(): string | null | undefined {
  const kept = recall(START_AT, ofTab);
  remember(START_AT, null, ofTab);
  return kept === null ? undefined : kept === BROWSER ? null : kept;
}
