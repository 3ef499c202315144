/** The open list, what is chosen in it, how long all lists are; kept while one is elsewhere. */
import { computed, effect, signal } from "@preact/signals";
import type { HeldLine, LetterLine, LetterList } from "../../../contract/letters.ts";
import { http } from "../../../lib/http.ts";
import { feed } from "../../model/store.ts";
import { viewId } from "../../model/view.ts";

export const LISTS: readonly LetterList[] = [
  "mine",
  "team",
  "unassigned",
  "due",
  "waiting",
  "failed",
  "spam",
];
export const VIEW = "letters";
const COUNT_SECONDS = 10;
const SOON_MS = 600;

export interface Page {
  lines: LetterLine[];
  more: boolean;
}

export const list = signal<LetterList>("unassigned");
export const page = signal<Page | "loading" | "failed">("loading");
export const counts = signal<Partial<Record<LetterList, number>>>({});
export const countMost = signal(1000);
export const chosenIds = signal<ReadonlySet<string>>(new Set());
/** More came or went than the page that is shown: said, and never moved under the hand. */
export const isStale = signal(false);

/** What asks for attention at the rail. */
export const dueLetters = computed(() => counts.value.due ?? 0);

export const lines = computed(() =>
  typeof page.value === "string" || list.value === "spam" ? [] : page.value.lines,
);
export const chosenLines = computed(() =>
  lines.value.filter((one) => chosenIds.value.has(one.contact_id)),
);

export function openList(name: LetterList): void {
  if (list.value !== name) chosenIds.value = new Set();
  list.value = name;
  void (name === "spam" ? loadHeld() : load());
}

let turn = 0;

/** Read the list from its beginning; what is chosen stays chosen while it is still there. */
export async function load(quietly = false): Promise<void> {
  const mine = ++turn;
  if (!quietly) page.value = "loading";
  isStale.value = false;
  try {
    const found = await http<Page>("GET", `/api/letters?view=${list.value}`);
    if (mine !== turn) return;
    page.value = found;
    const there = new Set(found.lines.map((one) => one.contact_id));
    chosenIds.value = new Set([...chosenIds.value].filter((id) => there.has(id)));
  } catch {
    if (mine === turn && !quietly) page.value = "failed";
  }
  void count();
}

/** Read the next page and put it below. */
export async function loadMore(): Promise<void> {
  const shown = page.value;
  const last = lines.value.at(-1);
  if (typeof shown === "string" || !shown.more || !last) return;
  const mine = ++turn;
  const after = `after_at=${last.key[0]}&after_id=${encodeURIComponent(last.key[1])}`;
  try {
    const next = await http<Page>("GET", `/api/letters?view=${list.value}&${after}`);
    if (mine === turn) page.value = { lines: [...shown.lines, ...next.lines], more: next.more };
  } catch {
    // the button is still there
  }
}

export interface HeldPage {
  lines: HeldLine[];
  more: boolean;
}

export const held = signal<HeldPage | "loading" | "failed">("loading");

/** Read what is held back; `further` puts the next page below. */
export async function loadHeld(further = false): Promise<void> {
  const shown = held.value;
  const above = further && typeof shown !== "string" ? shown.lines : [];
  const last = above.at(-1);
  if (!further) held.value = "loading";
  isStale.value = false;
  const after = last
    ? `?after_at=${last.key[0]}&after_id=${encodeURIComponent(last.key[1])}`
    : "";
  try {
    const next = await http<HeldPage>("GET", `/api/letters/held${after}`);
    held.value = { lines: [...above, ...next.lines], more: next.more };
  } catch {
    if (!further) held.value = "failed";
  }
  void count();
}

/** A letter that was decided about goes out of the list. */
export function dropHeld(id: string): void {
  if (typeof held.value === "string") return;
  held.value = { ...held.value, lines: held.value.lines.filter((one) => one.id !== id) };
  void count();
}

export function choose(id: string, on: boolean): void {
  const next = new Set(chosenIds.value);
  if (on) next.add(id);
  else next.delete(id);
  chosenIds.value = next;
}

interface Counted {
  counts: Record<LetterList, number>;
  most: number;
}

async function count(): Promise<void> {
  try {
    const found = await http<Counted>("GET", "/api/letters/counts");
    const before = counts.value[list.value];
    counts.value = found.counts;
    countMost.value = found.most;
    if (before !== undefined && before !== found.counts[list.value]) freshen();
  } catch {
    // the next one will do
  }
}

/** A short list is shown anew at once; one that was read on is left alone and said to be old. */
function freshen(): void {
  if (viewId.value !== VIEW || page.value === "loading") return;
  if (list.value === "spam") {
    const isEmpty = typeof held.value !== "string" && held.value.lines.length === 0;
    if (isEmpty) void loadHeld();
    else isStale.value = true;
    return;
  }
  const isShort = typeof page.value === "string" || page.value.lines.length <= 50;
  if (isShort && chosenIds.value.size === 0) void load(true);
  else isStale.value = true;
}

/** Count now and then, and soon after anything changed on this desk. */
export function watchLetters(): void {
  let soon = 0;
  const ask = (): void => {
    if (document.visibilityState === "visible" && feed.state.value) void count();
  };
  effect(() => {
    if (feed.state.value === null) return;
    clearTimeout(soon);
    soon = window.setTimeout(ask, SOON_MS);
  });
  setInterval(ask, COUNT_SECONDS * 1000);
}
