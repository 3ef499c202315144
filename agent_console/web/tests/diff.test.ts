import { describe, expect, it } from "vitest";
import { diff } from "../src/admin/articles/diff.ts";

const told = (before: string, after: string): string[] =>
  diff(before, after).map((one) => ({ same: " ", out: "-", in: "+" })[one.is] + one.text);

describe("what changed between two versions", () => {
  it("is the fewest lines taken out and put in", () => {
    expect(told("a\nb\nc", "a\nc\nd")).toEqual([" a", "-b", " c", "+d"]);
    expect(told("one", "other")).toEqual(["-one", "+other"]);
  });

  it("is nothing between equal texts", () => {
    expect(told("a\n\nb", "a\n\nb")).toEqual([" a", " ", " b"]);
  });
});
