import { describe, expect, it } from "vitest";
import { contact } from "../dev/desk/contacts.ts";
import { message } from "../dev/make.ts";
import { CHUNK, chunksOf, continues, handOffAt, keepSame } from "../src/desk/talk/lines.ts";

const talk = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => message({ seq: from + n }));

describe("chunks", () => {
  it("hold every message once, in order", () => {
    const list = talk(1, 250);
    expect(chunksOf(list).flatMap((one) => one.messages)).toEqual(list);
  });

  it("stay the same objects when a message comes at the end", () => {
    const list = talk(1, 200);
    const old = chunksOf(list);
    const now = keepSame(old, chunksOf([...list, message({ seq: 201 })]));
    expect(now.slice(0, -1).every((one, n) => one === old[n])).toBe(true);
    expect(now.at(-1)).not.toBe(old.at(-1));
  });

  it("keep their borders when an older page comes in front", () => {
    const list = talk(CHUNK * 2, CHUNK * 4 - 1);
    const old = chunksOf(list);
    const now = keepSame(old, chunksOf([...talk(CHUNK, CHUNK * 2 - 1), ...list]));
    expect(now.map((one) => one.index)).toEqual([1, 2, 3]);
    expect(now[2]).toBe(old[1]);
  });
});

describe("grouping", () => {
  const first = message({ seq: 1, at: 100 });

  it("joins what one person says soon after", () => {
    expect(continues(message({ seq: 2, at: 150 }), first)).toBe(true);
    expect(continues(message({ seq: 2, at: 400 }), first)).toBe(false);
    expect(continues(message({ seq: 2, at: 150, speaker: "agent" }), first)).toBe(false);
    expect(continues(message({ seq: 2, at: 150, audience: "staff" }), first)).toBe(false);
    expect(continues(first, null)).toBe(false);
  });
});

describe("hand-off card", () => {
  const told = { wants: "", collected: [], tried: [], task: null };
  const hand_off = { ...told, bot_seq_from: 10, bot_seq_to: 15 };
  const one = contact("a", 0, { hand_off });

  it("stands where the talk with the bot began", () => {
    expect(handOffAt(one, talk(1, 30))).toBe(10);
  });

  it("stands on top while what was before is not loaded", () => {
    expect(handOffAt(one, talk(12, 30))).toBeNull();
    expect(handOffAt(one, [])).toBeNull();
  });
});
