/** Call notes: the draft of the wrap-up's notes, kept by the hub a moment after the last key. */
import { signal } from "@preact/signals";
import { draft, draftOf } from "../model/drafts.ts";
import { feed } from "../model/store.ts";

export type NotesState = { phase: "writing" | "failed" } | { phase: "saved"; at: number };

const SAVE_MS = 1_000;

export const notesState = signal<Readonly<Record<string, NotesState>>>({});
const kept = new Map<string, string>();
const timers = new Map<string, number>();

const say = (contactId: string, state: NotesState): void => {
  notesState.value = { ...notesState.value, [contactId]: state };
};

/** What the hub has, for a page that knows nothing of this call yet. */
export async function fetchNotes(contactId: string): Promise<void> {
  if (kept.has(contactId)) return;
  const answer = await feed.send<{ text: string; saved_at: number | null }>("call_notes", {
    contact_id: contactId,
  });
  if (!answer.ok || kept.has(contactId)) return;
  kept.set(contactId, answer.result.text);
  if (answer.result.text && !draftOf(contactId).notes) {
    draft(contactId, { notes: answer.result.text });
  }
  if (answer.result.saved_at !== null && draftOf(contactId).notes === answer.result.text) {
    say(contactId, { phase: "saved", at: answer.result.saved_at });
  }
}

export function saveSoon(contactId: string): void {
  say(contactId, { phase: "writing" });
  clearTimeout(timers.get(contactId));
  timers.set(
    contactId,
    window.setTimeout(() => void saveNow(contactId), SAVE_MS),
  );
}

/** Save what is new. */
export async function saveNow(contactId: string): Promise<void> {
  clearTimeout(timers.get(contactId));
  const text = draftOf(contactId).notes;
  if (text === (kept.get(contactId) ?? "")) return;
  const answer = await feed.send<{ saved_at: number }>("keep_call_notes", {
    contact_id: contactId,
    text,
  });
  if (!answer.ok) return say(contactId, { phase: "failed" });
  kept.set(contactId, text);
  if (draftOf(contactId).notes === text) {
    say(contactId, { phase: "saved", at: answer.result.saved_at });
  }
}

feed.onFresh(() => {
  for (const [contactId, state] of Object.entries(notesState.peek())) {
    if (state.phase === "failed") void saveNow(contactId);
  }
});
