import { describe, expect, it } from "vitest";
import { backOff } from "../src/link.ts";

describe("backOff", () => {
  it("waits between half a second and fifteen", () => {
    for (let failures = 0; failures < 40; failures += 1)
      for (const chance of [0, 0.5, 1]) {
        const wait = backOff(1006, failures, chance);
        expect(wait).toBeGreaterThanOrEqual(500);
        expect(wait).toBeLessThanOrEqual(15_000);
      }
    expect(backOff(1006, 20, 1)).toBe(15_000);
  });

  it("comes back at once after a restart, but only the first time", () => {
    expect(backOff(1012, 0, 1)).toBeLessThanOrEqual(300);
    expect(backOff(1012, 3, 1)).toBeGreaterThan(1_000);
  });

  it("leaves a hub alone that found it too fast", () => {
    expect(backOff(4429, 0, 0)).toBeGreaterThanOrEqual(15_000);
  });
});
