/** Who is typing, both ways. Nothing of it is stored; a lost "stopped" ends by itself. */
import { signal } from "@preact/signals";
import type { Both } from "../../contract.ts";
import { contacts, feed } from "./store.ts";

interface TypingTell {
  contact_id?: string;
  conversation_id?: string;
  by?: string;
  on: boolean;
  /** Of a colleague who writes to the same customer. */
  name?: Both | null;
}

const SHOWN_MS = 8000;
const REPEAT_MS = 4000;

/** Contacts whose customer is typing now. */
export const typing = signal<ReadonlySet<string>>(new Set());
const timers = new Map<string, number>();

feed.onTell("typing", (payload) => {
  const told = payload as TypingTell;
  const id =
    told.contact_id ??
    Object.values(contacts.peek()).find((one) => one.conversation_id === told.conversation_id)?.id;
  if (id && told.by === "staff") showColleague(id, told.on ? (told.name ?? null) : null);
  if (!id || (told.by !== undefined && told.by !== "customer")) return;
  clearTimeout(timers.get(id));
  show(id, told.on);
  if (told.on)
    timers.set(
      id,
      window.setTimeout(() => show(id, false), SHOWN_MS),
    );
});

/** By contact: a colleague who is writing to its customer too. */
export const colleagueWriting = signal<Readonly<Record<string, Both>>>({});
const colleagueTimers = new Map<string, number>();

function showColleague(id: string, name: Both | null): void {
  clearTimeout(colleagueTimers.get(id));
  const { [id]: _gone, ...rest } = colleagueWriting.value;
  colleagueWriting.value = name ? { ...rest, [id]: name } : rest;
  if (name) {
    const end = window.setTimeout(() => showColleague(id, null), SHOWN_MS);
    colleagueTimers.set(id, end);
  }
}

function show(id: string, on: boolean): void {
  const next = new Set(typing.value);
  if (on) next.add(id);
  else next.delete(id);
  typing.value = next;
}

let told: { id: string; at: number } | null = null;

/** Tell the customer that we write; at most every few seconds, and when we stop. */
export function weType(contactId: string, on: boolean): void {
  const now = performance.now();
  if (on && told?.id === contactId && now - told.at < REPEAT_MS) return;
  if (!on && told?.id !== contactId) return;
  told = on ? { id: contactId, at: now } : null;
  void feed.send("typing", { contact_id: contactId, on });
}
