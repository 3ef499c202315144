import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countSegments } from "../src/segments.ts";

interface Example {
  text?: string;
  repeat?: [string, number];
  alphabet: string;
  units: number;
  segments: number;
  left: number;
}

/** The examples to which the sender is held too. */
const { examples } = JSON.parse(
  readFileSync("../../tests/unit/sms/segments.json", "utf8"),
) as { examples: Example[] };

describe("segments of an SMS", () => {
  it.each(examples)("$text$repeat", ({ text, repeat, ...counted }) => {
    expect(countSegments(text ?? repeat?.[0].repeat(repeat[1]) ?? "")).toEqual(counted);
  });
});
