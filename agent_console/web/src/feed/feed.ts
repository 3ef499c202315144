/** One live feed of a page: a snapshot, then increments; after any doubt, `hello` again. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import type { Increment, Snapshot } from "../contract.ts";
import { learnServerTime, serverNow } from "../lib/clock.ts";
import { whoAmI } from "../lib/http.ts";
import { openSocket, type Wire } from "#socket";
import { follow } from "./apply.ts";

/** `since` is when the connection was lost (UTC epoch seconds). */
export type Link =
  | { phase: "connecting" }
  | { phase: "live" }
  | { phase: "reconnecting"; since: number }
  | { phase: "ended" };

export type Answer<R = Record<string, unknown>> =
  { ok: true; result: R } | { ok: false; code: string; detail: string };

export interface Feed<S> {
  /** Null until the first snapshot. Kept, and shown, while the connection is lost. */
  readonly state: ReadonlySignal<S | null>;
  readonly link: ReadonlySignal<Link>;
  /** Send a command; never throws. Without a connection the code is "offline". */
  send<R = Record<string, unknown>>(command: string, args: object): Promise<Answer<R>>;
  /** Hear ephemeral facts: "typing", "notice". */
  onTell(kind: string, listener: (payload: unknown) => void): void;
  /** Called after each snapshot: the moment to repeat what was not acknowledged. */
  onFresh(listener: () => void): void;
  /** Change what we hold without the server: older pages of a log. */
  patch(change: (state: S) => S): void;
}

const ANSWER_MS = 10_000;

export function openFeed<S extends object>(
  topic: "desk" | "wallboard",
  wire: Wire = openSocket(),
): Feed<S> {
  const state = signal<S | null>(null);
  const link = signal<Link>({ phase: "connecting" });
  const told = new Map<string, Array<(payload: unknown) => void>>();
  const fresh: Array<() => void> = [];
  let position = -1; // -1: waiting for a snapshot, increments are not for us

  const hello = (): void => {
    position = -1;
    wire.ask("hello", { topic }, ANSWER_MS).catch(() => {
      if (wire.connected && position === -1) hello();
    });
  };

  const lost = (): void => {
    position = -1;
    if (link.value.phase === "live") link.value = { phase: "reconnecting", since: serverNow() };
  };

  const end = (): void => {
    link.value = { phase: "ended" };
    wire.disconnect();
  };

  wire.on("connect", hello);
  wire.on("disconnect", (reason: string) => {
    lost();
    // the server hung up on us: the library leaves the next try to the page
    if (reason === "io server disconnect" && link.value.phase !== "ended") wire.connect();
  });
  wire.on("connect_error", () => {
    lost();
    void stillSignedIn().then((yes) => {
      if (!yes) end();
    });
  });
  wire.on("closing", (payload: { reason: string }) => {
    if (ENDINGS.has(payload.reason)) end();
    else lost();
  });
  wire.on("snapshot", (snapshot: Snapshot) => {
    learnServerTime(snapshot.server_now);
    batch(() => {
      position = snapshot.position;
      state.value = snapshot.state as unknown as S;
      link.value = { phase: "live" };
    });
    for (const listener of fresh) listener();
  });
  wire.on("feed", (increment: Increment) => {
    if (position === -1 || !state.value) return;
    const next = follow(state.value, position, increment);
    if (next === null) {
      hello();
      return;
    }
    batch(() => {
      position = increment.position;
      state.value = next;
      for (const op of increment.ops) {
        if (op[0] === "tell") for (const hear of told.get(op[1]) ?? []) hear(op[2]);
      }
    });
  });
  wire.connect();

  return {
    state,
    link,
    async send<R>(command: string, args: object): Promise<Answer<R>> {
      if (!wire.connected) return { ok: false, code: "offline", detail: "" };
      try {
        return (await wire.ask("do", { command, args }, ANSWER_MS)) as Answer<R>;
      } catch {
        const code = wire.connected ? "timeout" : "offline";
        return { ok: false, code, detail: "" };
      }
    },
    onTell(kind, listener) {
      told.set(kind, [...(told.get(kind) ?? []), listener]);
    },
    onFresh(listener) {
      fresh.push(listener);
    },
    patch(change) {
      if (state.value) state.value = change(state.value);
    },
  };
}

/** Reasons after which reconnecting is useless: the person must sign in again. */
const ENDINGS = new Set(["signed_out", "session_ended", "rights_changed", "revoked"]);

/** A refused handshake may be an ended session; a network error tells nothing. */
async function stillSignedIn(): Promise<boolean> {
  try {
    return (await whoAmI()) !== null;
  } catch {
    return true;
  }
}
