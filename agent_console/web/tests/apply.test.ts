import { describe, expect, it } from "vitest";
import type { MessageView, Op } from "../src/contract.ts";
import { apply, follow, withMessage, withOlder } from "../src/feed/apply.ts";
import { message } from "../dev/make.ts";

const seqs = (list: readonly MessageView[]): number[] => list.map((one) => one.seq);

describe("apply", () => {
  const state = { contacts: { a: { n: 1 } }, queues: { q: { n: 2 } } };

  it("puts a value and keeps the identity of what did not change", () => {
    const next = apply(state, ["put", "contacts", "b", { n: 3 }]);
    expect(next.contacts).toEqual({ a: { n: 1 }, b: { n: 3 } });
    expect(next.queues).toBe(state.queues);
    expect(state.contacts).toEqual({ a: { n: 1 } });
  });

  it("drops a key, and a second drop changes nothing", () => {
    const once = apply(state, ["drop", "contacts", "a"]);
    expect(once.contacts).toEqual({});
    expect(apply(once, ["drop", "contacts", "a"])).toBe(once);
  });

  it("opens a collection it has not seen", () => {
    expect(apply({}, ["put", "tiles", "t", 1])).toEqual({ tiles: { t: 1 } });
  });

  it("leaves the state alone for what is only told", () => {
    expect(apply(state, ["tell", "typing", {}])).toBe(state);
  });
});

describe("messages", () => {
  it("arrive in any order and stand in order", () => {
    const ops: Op[] = [3, 1, 2].map((seq) => ["add", "messages", "c", message({ seq })]);
    const state = ops.reduce(apply, { messages: {} as Record<string, MessageView[]> });
    expect(seqs(state.messages.c ?? [])).toEqual([1, 2, 3]);
  });

  it("with the same number replace each other", () => {
    const list = [1, 2, 3].map((seq) => message({ seq }));
    const next = withMessage(list, message({ seq: 2, text: "new" }));
    expect(next.map((one) => one.text)).toEqual(["text 1", "new", "text 3"]);
  });

  it("of an older page join in front, without doubles", () => {
    const list = [5, 6].map((seq) => message({ seq }));
    expect(
      seqs(
        withOlder(
          list,
          [3, 4, 5].map((seq) => message({ seq })),
        ),
      ),
    ).toEqual([3, 4, 5, 6]);
  });
});

describe("follow", () => {
  it("refuses an increment that is not ours", () => {
    expect(follow({}, 7, { before: 8, position: 9, ops: [] })).toBeNull();
  });

  it("applies the operations in order", () => {
    const ops: Op[] = [
      ["put", "x", "k", 1],
      ["put", "x", "k", 2],
    ];
    expect(follow({}, 7, { before: 7, position: 8, ops })).toEqual({ x: { k: 2 } });
  });
});
