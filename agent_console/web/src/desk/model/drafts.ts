/** What is being written, per contact: kept in the tab through reloads and lost connections. */
import { effect, signal } from "@preact/signals";
import type { Lang } from "../../contract.ts";
import { ofTab, recall, remember } from "../../lib/memory.ts";

export interface Draft {
  mode: "reply" | "note";
  reply: string;
  note: string;
  /** Of a mail: null while it answers the subject of the talk. */
  subject: string | null;
  /** Of a mail: who gets a copy, as typed. */
  cc: string;
  /** Of a mail: who gets one unseen by the others. */
  bcc: string;
  /** Of the reply: null for the contact's own. */
  language: Lang | null;
  /** The newest message when the reply was begun. */
  since: number | null;
  /** Of the wrap-up. */
  disposition: string;
  notes: string;
  /** Outcomes beside the primary one. */
  more: readonly string[];
  complaint: boolean;
}

const EMPTY: Draft = {
  mode: "reply",
  reply: "",
  note: "",
  subject: null,
  cc: "",
  bcc: "",
  language: null,
  since: null,
  disposition: "",
  notes: "",
  more: [],
  complaint: false,
};
const KEY = "desk.drafts";

function kept(): Record<string, Draft> {
  try {
    return JSON.parse(recall(KEY, ofTab) ?? "{}") as Record<string, Draft>;
  } catch {
    return {};
  }
}

export const drafts = signal<Readonly<Record<string, Draft>>>(kept());

let timer = 0;
effect(() => {
  const now = drafts.value;
  clearTimeout(timer);
  timer = window.setTimeout(() => remember(KEY, JSON.stringify(now), ofTab), 150);
});
addEventListener("pagehide", () => remember(KEY, JSON.stringify(drafts.peek()), ofTab));

/** A draft kept by an older page may lack a field. */
export const draftOf = (contactId: string): Draft => ({ ...EMPTY, ...drafts.value[contactId] });

export function draft(contactId: string, over: Partial<Draft>): void {
  drafts.value = { ...drafts.value, [contactId]: { ...draftOf(contactId), ...over } };
}

export function forgetDraft(contactId: string): void {
  const { [contactId]: _gone, ...rest } = drafts.value;
  drafts.value = rest;
}

/** Is there something a close would lose? */
export const hasDraft = (contactId: string): boolean => {
  const { reply, note } = draftOf(contactId);
  return Boolean(reply.trim() || note.trim());
};
