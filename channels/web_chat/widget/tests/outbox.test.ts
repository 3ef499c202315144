import { describe, expect, it } from "vitest";
import { asMessage, newId, put, sendable, without, type Pending } from "../src/outbox.ts";

const pending = (id: string, more: Partial<Pending> = {}): Pending => ({
  id,
  at: 1,
  words: { type: "say", text: id },
  ...more,
});

describe("outbox", () => {
  it("makes ids that sort as they were made and fit the hub's rule", () => {
    const [early, late] = [newId(1_700_000_000_000, "zz"), newId(1_700_000_000_001, "aa")];
    expect(early < late).toBe(true);
    expect(early).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it("keeps the order of the ids and each id once", () => {
    const outbox = put(put(put([], pending("b")), pending("a")), pending("b", { at: 2 }));
    expect(outbox.map(({ id, at }) => [id, at])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(without(outbox, "a").map(({ id }) => id)).toEqual(["b"]);
  });

  it("sends neither what was refused nor a file without its bytes", () => {
    const file = pending("c", { words: { type: "file", file_id: "" } });
    expect(
      sendable([pending("a"), pending("b", { failed: "bad_field" }), file]).map(({ id }) => id),
    ).toEqual(["a"]);
  });

  it("becomes the message that the hub numbered", () => {
    expect(asMessage(pending("a"), 7, 70)).toMatchObject({
      seq: 7,
      at: 70,
      key: "a",
      text: "a",
      speaker: "customer",
    });
    const file = pending("f", {
      words: { type: "file", file_id: "fil_1" },
      file: { name: "x.png", size: 5 },
    });
    expect(asMessage(file, 8, 80).file).toMatchObject({
      id: "fil_1",
      name: "x.png",
      size_bytes: 5,
    });
  });
});
