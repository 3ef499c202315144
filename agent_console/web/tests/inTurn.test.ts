import { signal } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import { shownInTurn } from "../src/wallboard/model/inTurn.ts";

afterEach(() => vi.unstubAllGlobals());

/** Frames that come when the test says so. */
function frames() {
  const asked: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (draw: FrameRequestCallback) => asked.push(draw));
  return () => asked.splice(0).forEach((draw) => draw(0));
}

describe("collections", () => {
  it("are all there with the first snapshot, then change one a frame", () => {
    const frame = frames();
    const state = signal({ a: 0, b: 0 });
    const a = shownInTurn("a", -1, () => state.value.a);
    const b = shownInTurn("b", -1, () => state.value.b);
    expect([a.value, b.value]).toEqual([0, 0]);
    state.value = { a: 1, b: 1 };
    expect([a.value, b.value]).toEqual([0, 0]);
    frame();
    expect([a.value, b.value]).toEqual([1, 0]);
    state.value = { a: 2, b: 2 };
    frame();
    expect([a.value, b.value]).toEqual([1, 2]);
    frame();
    expect([a.value, b.value]).toEqual([2, 2]);
  });

  it("of a hidden page, which has no frames, change at once", () => {
    frames();
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    const state = signal(0);
    const shown = shownInTurn("c", -1, () => state.value);
    state.value = 5;
    expect(shown.value).toBe(5);
  });
});
