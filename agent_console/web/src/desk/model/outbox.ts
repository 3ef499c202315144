/** What was said but is not acknowledged yet. It stays on screen, survives a reload and a lost
 * connection, and goes out again under its own key: the server keeps one of each key. */
import { effect, signal } from "@preact/signals";
import type { Lang } from "../../contract.ts";
import { ofTab, recall, remember } from "../../lib/memory.ts";
import { serverNow } from "../../lib/clock.ts";
import { contacts, feed, messages } from "./store.ts";

export type Guard =
  "secret_in_text" | "new_copy" | "reply_all" | "other_customer" | "answered_meanwhile";

export interface Unsent {
  key: string;
  contact_id: string;
  command: "say" | "note" | "send_secure";
  text: string;
  /** Colleagues that a note names. */
  mentions?: string[];
  /** Above a mail. */
  letter?: { subject: string; cc: string[]; bcc: string[] };
  /** Of the words, where it is not the contact's. */
  language?: Lang;
  /** A chosen time; without it they leave when the time for an undo is over. */
  leaves_at?: number;
  /** The newest message when they were begun. */
  seen_seq?: number;
  file_id?: string;
  file_name?: string;
  /** Of a secure message: the customer may send documents back. */
  asks_files?: boolean;
  at: number;
  /** `waiting`: goes out when the connection is back; `refused`: the person decides. */
  state: "sending" | "waiting" | "refused";
  code?: string;
  detail?: string;
  /** Guards that had stopped it and that the agent overrules: each asks by its own name. */
  sure?: readonly Guard[];
}

const KEY = "desk.unsent";

function kept(): Unsent[] {
  try {
    const list = JSON.parse(recall(KEY, ofTab) ?? "[]") as Unsent[];
    return list.map((one) => ({ ...one, state: "waiting" }));
  } catch {
    return [];
  }
}

export const unsent = signal<readonly Unsent[]>(kept());

effect(() => {
  remember(KEY, unsent.value.length ? JSON.stringify(unsent.value) : null, ofTab);
});

const change = (key: string, over: Partial<Unsent>): void => {
  unsent.value = unsent.value.map((one) => (one.key === key ? { ...one, ...over } : one));
};

export function discard(key: string): void {
  unsent.value = unsent.value.filter((one) => one.key !== key);
}

export type Said = Pick<
  Unsent,
  | "contact_id"
  | "command"
  | "text"
  | "mentions"
  | "letter"
  | "language"
  | "leaves_at"
  | "seen_seq"
  | "file_id"
  | "file_name"
  | "asks_files"
>;

/** Say it (or note it) now, or as soon as there is a connection. */
export function say(what: Said): void {
  const one: Unsent = { ...what, key: crypto.randomUUID(), at: serverNow(), state: "sending" };
  unsent.value = [...unsent.value, one];
  void post(one);
}

export function tryAgain(key: string): void {
  const one = unsent.value.find((entry) => entry.key === key);
  if (one) void post(one);
}

export function trySure(key: string, guard: Guard): void {
  const before = unsent.value.find((entry) => entry.key === key)?.sure ?? [];
  change(key, { sure: [...before.filter((one) => one !== guard), guard] });
  tryAgain(key);
}

/** Send what was stopped in plain behind a link and a code. */
export function trySecure(key: string): void {
  change(key, { command: "send_secure", sure: [] });
  tryAgain(key);
}

async function post(one: Unsent): Promise<void> {
  change(one.key, { state: "sending" });
  const { contact_id, key, text, file_id, letter, sure, mentions, asks_files } = one;
  const { language, leaves_at, seen_seq } = one.command === "say" ? one : ({} as Partial<Unsent>);
  const answer = await feed.send(one.command, {
    contact_id,
    key,
    text,
    ...(file_id ? { file_id } : {}),
    ...(letter ? { letter } : {}),
    ...(language ? { language } : {}),
    ...(leaves_at ? { leaves_at } : {}),
    ...(seen_seq === undefined ? {} : { seen_seq }),
    ...(sure?.length ? { sure } : {}),
    ...(mentions?.length ? { mentions } : {}),
    ...(asks_files ? { asks_files } : {}),
  });
  if (answer.ok) discard(key);
  else if (answer.code === "offline" || answer.code === "timeout")
    change(key, { state: "waiting" });
  else change(key, { state: "refused", code: answer.code, detail: answer.detail });
}

// after every snapshot: what the server has is done, the rest goes out again in its order
feed.onFresh(() => {
  const stored = storedKeys();
  unsent.value = unsent.value.filter((one) => !stored.has(one.key));
  void unsent.value
    .filter((one) => one.state !== "refused")
    .reduce((turn, one) => turn.then(() => post(one)), Promise.resolve());
});

// a message can arrive before its acknowledgement
effect(() => {
  if (!messages.value || unsent.peek().length === 0) return;
  const stored = storedKeys();
  const left = unsent.peek().filter((one) => !stored.has(one.key));
  if (left.length < unsent.peek().length) unsent.value = left;
});

function storedKeys(): Set<string> {
  const talks = new Set(
    unsent.peek().map((one) => contacts.value[one.contact_id]?.conversation_id ?? ""),
  );
  const keys = new Set<string>();
  for (const talk of talks) {
    for (const one of (messages.value[talk] ?? []).slice(-100)) if (one.key) keys.add(one.key);
  }
  return keys;
}
