/** The saved replies in force, and what an author does to them. Twin: `http/replies.py`. */
import { computed, signal } from "@preact/signals";
import type { Both } from "../../contract.ts";
import { http } from "../../lib/http.ts";

export interface Reply {
  code: string;
  title: Both;
  text: Both;
  /** None: all queues. */
  queues: string[];
  intents: string[];
}

export interface Version {
  number: number;
  at: number;
  by: Both | null;
  why: string;
}

export interface Listed {
  version: number;
  replies: Reply[];
  queues: Array<{ id: string; name: Both }>;
  blanks: string[];
  history: Version[];
}

export type Open =
  | { kind: "edit"; reply: Reply | null }
  | { kind: "remove"; reply: Reply }
  | { kind: "history" };

export const listed = signal<Listed | null>(null);
export const failed = signal(false);
export const open = signal<Open | null>(null);
export const words = signal("");
export const close = (): void => void (open.value = null);

export const shown = computed(() => finding(listed.value?.replies ?? [], words.value));

/** By short name, title or words in either language. */
export function finding(replies: readonly Reply[], typed: string): Reply[] {
  const wanted = typed.trim().toLowerCase().replace(/^\//, "");
  const said = ({ code, title, text }: Reply): string =>
    [code, title.en, title.zh, text.en, text.zh].join("\n").toLowerCase();
  return replies.filter((one) => said(one).includes(wanted));
}

export async function load(): Promise<void> {
  try {
    listed.value = await http<Listed>("GET", "/api/replies");
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

/** One reply in the place of `before`, or at the end; null takes it away. */
export function withReply(
  replies: readonly Reply[],
  before: Reply | null,
  after: Reply | null,
): Reply[] {
  if (before === null) return after ? [...replies, after] : [...replies];
  return replies.flatMap((one) => (one.code !== before.code ? [one] : after ? [after] : []));
}

export async function save(before: Reply | null, after: Reply | null, why: string): Promise<void> {
  const now = listed.value!;
  const replies = withReply(now.replies, before, after);
  listed.value = await http<Listed>("POST", "/api/replies", { replies, seen: now.version, why });
}

export async function rollBack(version: number, why: string): Promise<void> {
  listed.value = await http<Listed>("POST", "/api/replies/roll-back", { version, why });
}
