/** What the customer said and the hub has not yet acknowledged. */

import type { Message, Words } from "./frames.ts";

export interface Pending {
  id: string;
  /** UTC epoch seconds on this page's clock. */
  at: number;
  words: Words;
  /** Shown while a file is on its way. */
  file?: { name: string; size: number };
  /** Why it was not taken; the customer may try again. */
  failed?: string;
  /** Share of the bytes sent, 0 to 1; only while a file is being sent. */
  progress?: number;
}

export type Outbox = readonly Pending[];

/** Ids begin with the time, so that they sort as they were made. `chance`: unguessable digits. */
export function newId(nowMs: number, chance: string): string {
  return `p${nowMs.toString(36).padStart(9, "0")}-${chance}`;
}

/** A maker of ids: two of one moment keep their order too. */
export function newIds(): () => string {
  let lastMs = 0;
  return () => {
    const chance = [...crypto.getRandomValues(new Uint32Array(3))]
      .map((n) => n.toString(36))
      .join("");
    lastMs = Math.max(Date.now(), lastMs + 1);
    return newId(lastMs, chance);
  };
}

export function put(outbox: Outbox, pending: Pending): Outbox {
  const others = outbox.filter((other) => other.id !== pending.id);
  return [...others, pending].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function without(outbox: Outbox, id: string): Outbox {
  return outbox.some((one) => one.id === id) ? outbox.filter((one) => one.id !== id) : outbox;
}

export function change(outbox: Outbox, id: string, news: Partial<Pending>): Outbox {
  return outbox.map((one) => (one.id === id ? { ...one, ...news } : one));
}

/** What may be sent again: everything but what failed and files whose bytes are not there yet. */
export function sendable(outbox: Outbox): Pending[] {
  return outbox.filter((one) => !one.failed && isComplete(one));
}

export function isComplete(pending: Pending): boolean {
  return pending.words.type !== "file" || pending.words.file_id !== "";
}

/** The message that an acknowledgement makes of it. */
export function asMessage(pending: Pending, seq: number, at: number): Message {
  const { words, file, id } = pending;
  const base = { seq, at, speaker: "customer" as const, key: id };
  if (words.type !== "file") return { ...base, kind: "text", text: words.text };
  const info = {
    id: words.file_id,
    name: file?.name ?? "",
    media_type: "",
    size_bytes: file?.size ?? 0,
  };
  return { ...base, kind: "file", text: "", file: info };
}
