import { describe, expect, it } from "vitest";
import type { FromHub, Message, Welcome } from "../src/frames.ts";
import { START, apply, closesAt, isOpen, place, unread, type State } from "../src/state.ts";

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  at: 100 + seq,
  speaker: "agent",
  kind: "text",
  text: `m${seq}`,
  ...more,
});
const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  type: "welcome",
  conversation: "c",
  resume: "r",
  signed_in: false,
  server_now: 1000,
  seen: 0,
  state: { phase: "bot" },
  messages: [],
  more: false,
  fresh: true,
  files: { max_bytes: 10, media_types: [] },
  ...more,
});
const after = (...frames: FromHub[]): State =>
  frames.reduce((state, frame) => apply(state, frame, 990), START);
const seqs = (state: State): number[] => state.messages.map((m) => m.seq);

describe("apply", () => {
  it("takes the hub's word and clock from a welcome", () => {
    const state = after(welcome({ messages: [message(3), message(7)], seen: 3 }));
    expect(state).toMatchObject({
      conversation: "c",
      cursor: 7,
      seen: 3,
      skewSeconds: 10,
      welcomed: true,
    });
  });

  it("shows each number once, in order, however often and late it is told", () => {
    const state = after(
      welcome({ messages: [message(2)] }),
      { type: "msg", ...message(9) },
      { type: "msg", ...message(4) },
      { type: "msg", ...message(9) },
    );
    expect(seqs(state)).toEqual([2, 4, 9]);
    expect(state.cursor).toBe(9);
  });

  it("adds what was missed to what is shown, and replaces it when the hub says so", () => {
    const missed = after(
      welcome({ messages: [message(1)] }),
      welcome({ fresh: false, messages: [message(2)] }),
    );
    expect(seqs(missed)).toEqual([1, 2]);
    const replaced = apply(missed, welcome({ messages: [message(90)] }), 990);
    expect(seqs(replaced)).toEqual([90]);
  });

  it("keeps whether older messages exist when only the gap was sent", () => {
    const state = after(welcome({ more: true }), welcome({ fresh: false, more: false }));
    expect(state.more).toBe(true);
    expect(apply(state, { type: "page", messages: [message(1)], more: false }, 0).more).toBe(false);
  });

  it("fills the ring from the worst place of this wait", () => {
    const queue = { type: "state", phase: "queue", queue: null, estimate_seconds: null } as const;
    const state = after(welcome(), { ...queue, position: 4 }, { ...queue, position: 2 });
    expect(state.queuedFrom).toBe(4);
    expect(apply(state, { type: "state", phase: "bot" }, 0).queuedFrom).toBe(1);
  });

  it("remembers who served after the end, and forgets in the next line", () => {
    const agent = { en: "Ou", zh: "欧" };
    const closed = after(
      welcome(),
      { type: "state", phase: "agent", agent },
      { type: "state", phase: "closed" },
    );
    expect(closed.agent).toEqual(agent);
    const queue = {
      type: "state",
      phase: "queue",
      queue: null,
      position: 1,
      estimate_seconds: null,
    } as const;
    expect(apply(closed, queue, 0).agent).toBeNull();
  });

  it("ends the dots with the words they announced", () => {
    const typing = after(welcome({ state: { phase: "agent", agent: null } }), {
      type: "typing",
      on: true,
    });
    expect(typing.typing).toBe(true);
    expect(apply(typing, { type: "msg", ...message(1, { speaker: "customer" }) }, 0).typing).toBe(
      true,
    );
    expect(apply(typing, { type: "msg", ...message(1) }, 0).typing).toBe(false);
  });

  it("never takes a seen mark back", () => {
    expect(after(welcome({ seen: 5 }), { type: "seen", seq: 3 }).seen).toBe(5);
  });
});

describe("place", () => {
  it("moves the cursor only when nothing can be missing before it", () => {
    const state = after(welcome({ messages: [message(4)] }));
    expect(place(state, message(5)).cursor).toBe(5);
    expect(place(state, message(6)).cursor).toBe(4);
  });
});

describe("what follows from the state", () => {
  const warning = message(2, {
    speaker: "system",
    kind: "event",
    event: "silence_warning",
    data: { closes_at: "1060" },
  });

  it("knows when a quiet chat closes, until the customer speaks", () => {
    const quiet = after(welcome({ messages: [message(1), warning] }));
    expect(closesAt(quiet)).toBe(1060);
    expect(closesAt(place(quiet, message(3, { speaker: "customer" })))).toBeNull();
  });

  it("counts the bank's words only", () => {
    const state = after(
      welcome({ messages: [message(1), message(2, { speaker: "customer" }), warning, message(4)] }),
    );
    expect(unread(state, 0)).toBe(2);
    expect(unread(state, 1)).toBe(1);
  });

  it("can be left only while a Contact is open", () => {
    expect(isOpen(after(welcome()))).toBe(true);
    expect(isOpen(after(welcome({ state: { phase: "closed" } })))).toBe(false);
  });
});
