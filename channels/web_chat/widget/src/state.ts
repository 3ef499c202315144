/** What the hub has told: a value, changed only by `apply`. */

import type { Both, FileLimits, FromHub, Message, Phase } from "./frames.ts";

export interface State {
  welcomed: boolean;
  conversation: string;
  signedIn: boolean;
  /** In order of their numbers, each once. */
  messages: readonly Message[];
  /** Older ones exist. */
  more: boolean;
  /** Everything up to this number was received: what `hello` may ask to go on from. */
  cursor: number;
  /** Staff have seen up to here. */
  seen: number;
  phase: Phase;
  typing: boolean;
  /** The hub's clock minus ours, in seconds. */
  skewSeconds: number;
  /** The worst place held in this line: the ring fills from there. */
  queuedFrom: number;
  /** Who served last, for the header after the end. */
  agent: Both | null;
  files: FileLimits;
}

export const START: State = {
  welcomed: false,
  conversation: "",
  signedIn: false,
  messages: [],
  more: false,
  cursor: 0,
  seen: 0,
  phase: { phase: "new" },
  typing: false,
  skewSeconds: 0,
  queuedFrom: 1,
  agent: null,
  files: { max_bytes: 10 * 1024 * 1024, media_types: [] },
};

/** The state after a frame; `now` in epoch seconds of this page. */
export function apply(state: State, frame: FromHub, now: number): State {
  switch (frame.type) {
    case "welcome": {
      const kept = frame.fresh ? [] : state.messages;
      return {
        ...withPhase(state, frame.state),
        welcomed: true,
        conversation: frame.conversation,
        signedIn: frame.signed_in,
        messages: merged(kept, frame.messages),
        more: frame.fresh || !state.welcomed ? frame.more : state.more,
        cursor: lastOf(frame.messages, frame.fresh ? 0 : state.cursor),
        seen: frame.seen,
        skewSeconds: frame.server_now - now,
        files: frame.files,
        typing: false,
      };
    }
    case "msg": {
      const { type: _, ...message } = frame;
      const typing = message.speaker === "customer" ? state.typing : false;
      const cursor = Math.max(state.cursor, message.seq);
      return { ...state, messages: merged(state.messages, [message]), cursor, typing };
    }
    case "page":
      return { ...state, messages: merged(state.messages, frame.messages), more: frame.more };
    case "state": {
      const { type: _, ...phase } = frame;
      return withPhase(state, phase as Phase);
    }
    case "seen":
      return { ...state, seen: Math.max(state.seen, frame.seq) };
    case "typing":
      return { ...state, typing: frame.on };
    default:
      return state;
  }
}

/** An acknowledged message of one's own takes its place among the others. */
export function place(state: State, message: Message): State {
  // Somebody else's message just before it may still be on its way: only the next number counts.
  const cursor = message.seq === state.cursor + 1 ? message.seq : state.cursor;
  return { ...state, cursor, messages: merged(state.messages, [message]) };
}

function withPhase(state: State, phase: Phase): State {
  const agent = "agent" in phase && phase.agent ? phase.agent : state.agent;
  const typing = phase.phase === "agent" && state.typing;
  if (phase.phase !== "queue") return { ...state, phase, agent, typing, queuedFrom: 1 };
  const queuedFrom = Math.max(state.queuedFrom, phase.position ?? 1);
  return { ...state, phase, agent: null, typing, queuedFrom };
}

/** Both lists in order of number; of two with one number the later told wins. */
function merged(old: readonly Message[], news: readonly Message[]): readonly Message[] {
  const bySeq = new Map([...old, ...news].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function lastOf(messages: readonly Message[], otherwise: number): number {
  return Math.max(otherwise, messages.at(-1)?.seq ?? 0);
}

/** When the hub will close for silence, in its own seconds; null when no warning stands. */
export function closesAt(state: State): number | null {
  for (const message of state.messages.toReversed()) {
    if (message.speaker === "customer") return null;
    if (message.event === "silence_warning") return Number(message.data?.closes_at) || null;
    if (message.event === "closed") return null;
  }
  return null;
}

/** Words of the bank with a number above `seq`. */
export function unread(state: State, seq: number): number {
  return state.messages.filter((m) => m.seq > seq && (m.speaker === "bot" || m.speaker === "agent"))
    .length;
}

/** A Contact is open: it can be left. */
export function isOpen(state: State): boolean {
  return !["new", "rate", "closed"].includes(state.phase.phase);
}
