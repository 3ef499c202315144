import { describe, expect, it } from "vitest";
import { TEXTS, saidProblem } from "../src/texts.ts";

describe("texts", () => {
  it("are there in both languages", () => {
    for (const [key, [en, zh]] of Object.entries(TEXTS)) {
      expect(en, key).not.toBe("");
      expect(zh, key).toMatch(/\p{Script=Han}|〔/u);
    }
  });

  it("have words for a code that nobody knows", () => {
    expect(saidProblem("en", "something_new")).toBe(TEXTS.failed[0]);
    expect(saidProblem("zh", "engine_full")).toBe(TEXTS.engine_full[1]);
  });
});
