/** One live feed of a page: a snapshot, then increments; after any doubt, `hello` again. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import type { Increment, Snapshot } from "../contract.ts";
import { learnServerTime, serverNow } from "../lib/clock.ts";
import { freshCode, whoAmI } from "../lib/http.ts";
import { openSocket, type Wire } from "#socket";
import { follow } from "./apply.ts";

/** `since` is when the connection was lost (UTC epoch seconds). */
export type Link =
  | { phase: "connecting" }
  | { phase: "live" }
  | { phase: "reconnecting"; since: number }
  /** The session is over. */
  | { phase: "ended" }
  /** The hub does not give this topic to this person. */
  | { phase: "refused" };

export type Answer<R = Record<string, unknown>> =
  { ok: true; result: R } | { ok: false; code: string; detail: string };

export interface Feed<S> {
  /** Null until the first snapshot. Kept, and shown, while the connection is lost. */
  readonly state: ReadonlySignal<S | null>;
  readonly link: ReadonlySignal<Link>;
  /**
   * Send a command, once more when the person gave the fresh code it needs; never throws. Without
   * a connection the code is "offline".
   */
  send<R = Record<string, unknown>>(command: string, args: object): Promise<Answer<R>>;
  /** Hear ephemeral facts: "typing", "notice". */
  onTell(kind: string, listener: (payload: unknown) => void): void;
  /** Called after each snapshot: the moment to repeat what was not acknowledged. */
  onFresh(listener: () => void): void;
  /** Change what we hold without the server: older pages of a log. */
  patch(change: (state: S) => S): void;
}

const ANSWER_MS = 10_000;
const BUSY_MS = 2_000;
/** No position: a snapshot is awaited, increments are not for us. */
const NOWHERE = -1;

export function openFeed<S extends object>(
  topic: "desk" | "wallboard",
  wire: Wire = openSocket(),
): Feed<S> {
  const feed = new LiveFeed<S>(topic, wire);
  feed.open();
  return feed;
}

class LiveFeed<S extends object> implements Feed<S> {
  readonly state = signal<S | null>(null);
  readonly link = signal<Link>({ phase: "connecting" });
  private position = NOWHERE;
  private readonly told = new Map<string, Array<(payload: unknown) => void>>();
  private readonly fresh: Array<() => void> = [];

  constructor(
    private readonly topic: string,
    private readonly wire: Wire,
  ) {}

  open(): void {
    this.wire.on("connect", () => this.hello());
    this.wire.on("disconnect", (reason: string) => this.dropped(reason));
    this.wire.on("connect_error", () => void this.refused());
    this.wire.on("closing", ({ reason }: { reason: string }) => this.closing(reason));
    this.wire.on("snapshot", (snapshot: Snapshot) => this.start(snapshot));
    this.wire.on("feed", (increment: Increment) => this.step(increment));
    this.wire.connect();
  }

  async send<R>(command: string, args: object): Promise<Answer<R>> {
    const answer = await this.ask<R>(command, args);
    const isGrave = !answer.ok && answer.code === "code_again";
    return isGrave && (await freshCode()) ? await this.ask<R>(command, args) : answer;
  }

  private async ask<R>(command: string, args: object): Promise<Answer<R>> {
    if (!this.wire.connected) return { ok: false, code: "offline", detail: "" };
    try {
      return (await this.wire.ask("do", { command, args }, ANSWER_MS)) as Answer<R>;
    } catch {
      return { ok: false, code: this.wire.connected ? "timeout" : "offline", detail: "" };
    }
  }

  onTell(kind: string, listener: (payload: unknown) => void): void {
    this.told.set(kind, [...(this.told.get(kind) ?? []), listener]);
  }

  onFresh(listener: () => void): void {
    this.fresh.push(listener);
  }

  patch(change: (state: S) => S): void {
    if (this.state.value) this.state.value = change(this.state.value);
  }

  private hello(): void {
    this.position = NOWHERE;
    this.wire.ask("hello", { topic: this.topic }, ANSWER_MS).then(
      (answer) => {
        const { ok, code } = answer as { ok: boolean; code?: string };
        if (ok) return;
        if (code === "too_many") setTimeout(() => this.again(), BUSY_MS);
        else this.link.value = { phase: "refused" };
      },
      () => this.again(),
    );
  }

  private again(): void {
    if (this.wire.connected && this.position === NOWHERE) this.hello();
  }

  private start(snapshot: Snapshot): void {
    learnServerTime(snapshot.server_now);
    batch(() => {
      this.position = snapshot.position;
      this.state.value = snapshot.state as unknown as S;
      this.link.value = { phase: "live" };
    });
    for (const listener of this.fresh) listener();
  }

  private step(increment: Increment): void {
    if (this.position === NOWHERE || !this.state.value) return;
    const next = follow(this.state.value, this.position, increment);
    if (next === null) {
      this.hello();
      return;
    }
    batch(() => {
      this.position = increment.position;
      this.state.value = next;
      for (const op of increment.ops) {
        if (op[0] === "tell") for (const hear of this.told.get(op[1]) ?? []) hear(op[2]);
      }
    });
  }

  private lost(): void {
    this.position = NOWHERE;
    const { phase } = this.link.value;
    if (phase !== "live" && phase !== "connecting") return;
    this.link.value = { phase: "reconnecting", since: serverNow() };
  }

  private dropped(reason: string): void {
    this.lost();
    // the server hung up on us: the library leaves the next try to the page
    const ours = reason === "io server disconnect" && this.link.value.phase !== "ended";
    if (ours) setTimeout(() => this.wire.connect(), 1000);
  }

  /** A refused handshake may be an ended session; a network error tells nothing. */
  private async refused(): Promise<void> {
    this.lost();
    const me = await whoAmI().catch(() => undefined);
    if (me === null) this.end();
  }

  private closing(reason: string): void {
    if (ENDINGS.has(reason)) this.end();
    else this.lost();
  }

  private end(): void {
    this.link.value = { phase: "ended" };
    this.wire.disconnect();
  }
}

/** Reasons after which reconnecting is useless: the person must sign in again. */
const ENDINGS = new Set(["signed_out", "session_ended", "rights_changed", "revoked"]);
