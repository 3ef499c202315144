/** Pages of the audit, as they were asked for. */
import { signal } from "@preact/signals";
import type { Both } from "../../contract.ts";
import { http } from "../../lib/http.ts";

export interface AuditEntry {
  node: string;
  n: number;
  at: number;
  actor: string;
  name: Both | null;
  action: string;
  subject: string;
  reason: string;
  details: Record<string, unknown>;
}

interface Page {
  nodes: string[];
  entries: AuditEntry[];
  before: number | null;
}

/** One column may be narrowed at a time: what is looked for is mostly a person or a record. */
export type Narrow = { by: "actor" | "action" | "subject"; value: string; shown: string };

export const nodes = signal<readonly string[]>([]);
export const node = signal("");
export const narrow = signal<Narrow | null>(null);
export const entries = signal<readonly AuditEntry[] | "loading" | "failed">("loading");
/** The number to go on before; null at the end. */
export const before = signal<number | null>(null);

let asked = 0;

/** Read the newest entries, or with `older` those before what is shown. */
export async function read({ older = false } = {}): Promise<void> {
  const turn = ++asked;
  const kept = older && Array.isArray(entries.value) ? entries.value : [];
  if (!older) entries.value = "loading";
  const wanted = new URLSearchParams();
  if (node.value) wanted.set("node", node.value);
  if (narrow.value) wanted.set(narrow.value.by, narrow.value.value);
  if (older && before.value !== null) wanted.set("before", String(before.value));
  try {
    const page = await http<Page>("GET", `/api/audit?${wanted}`);
    if (turn !== asked) return;
    nodes.value = page.nodes;
    entries.value = [...kept, ...page.entries];
    before.value = page.before;
  } catch {
    if (turn === asked) entries.value = "failed";
  }
}

export function only(wish: Narrow | null): void {
  narrow.value = wish;
  void read();
}
