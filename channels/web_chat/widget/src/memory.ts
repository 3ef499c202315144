/** What a browser keeps between pages, and what its tabs share. */

import type { Pending } from "./outbox.ts";

const ROOT = "bank-chat:";
export const GUEST = "guest";

/**
 * `resume`: the hub's token; `read`: number of the last message in sight; `skipped`: the
 * survey the customer chose not to answer; `out:`: a message not yet sent, each under a key of its
 * own, so that two tabs cannot overwrite each other.
 */
type Name = "resume" | "read" | "skipped" | `out:${string}`;

export type Store = Record<string, string>;

/** One visitor of one widget: a guest, or one customer (a guest's talk is not theirs). */
export class Memory {
  readonly who: string;
  readonly #widget: string;
  readonly #prefix: string;
  readonly #store: Store;

  constructor(store: Store, widget: string, who: string) {
    this.who = who;
    this.#store = store;
    this.#widget = `${ROOT}${widget}:`;
    this.#prefix = `${this.#widget}${who}:`;
  }

  get(name: Name): string {
    return this.#store[this.#prefix + name] ?? "";
  }

  /** An empty value is taken away. */
  set(name: Name, value: string): void {
    try {
      if (value) this.#store[this.#prefix + name] = value;
      else delete this.#store[this.#prefix + name];
    } catch {
      // Full storage: the chat goes on, it only is not remembered.
    }
  }

  keep({ id, at, words, file }: Pending): void {
    this.set(`out:${id}`, JSON.stringify({ id, at, words, file }));
  }

  unsent(): Pending[] {
    const keys = keysOf(this.#store, `${this.#prefix}out:`);
    return keys.map((key) => JSON.parse(this.#store[key]!) as Pending);
  }

  /** Take away what is kept of this visitor, or of all `others` of the widget. */
  forget(others = false): void {
    for (const key of keysOf(this.#store, this.#widget))
      if (key.startsWith(this.#prefix) !== others) delete this.#store[key];
  }
}

/** Whether anybody has talked through this widget in this browser. */
export const isKnown = (store: Store, widget: string): boolean =>
  keysOf(store, `${ROOT}${widget}:`).length > 0;

const keysOf = (store: Store, prefix: string): string[] =>
  Object.keys(store)
    .filter((key) => key.startsWith(prefix))
    .sort();

/** The browser's storage, or one that lasts as long as the page where that is forbidden. */
export function openStore(): Store {
  try {
    return localStorage;
  } catch {
    return {};
  }
}

/** Whom the bank's word speaks of, unproved: only to keep two customers of one browser apart. */
export function markOf(token: string): string {
  let subject = token;
  try {
    const body = token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/");
    subject = (JSON.parse(atob(body)) as { sub: string }).sub;
  } catch {
    // The hub will say what it thinks of it.
  }
  return `c${subject}`;
}
