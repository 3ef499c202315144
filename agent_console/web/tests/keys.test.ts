import { afterEach, describe, expect, it, vi } from "vitest";
import { ariaKeys, matches, showKeys } from "../src/keys/combo.ts";
import { onKey, shortcuts } from "../src/keys/shortcuts.ts";

const press = (code: string, over: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent("keydown", { code, cancelable: true, ...over });

describe("combinations", () => {
  it("match by the position of the key, whatever it writes", () => {
    expect(matches("Alt+KeyA", press("KeyA", { altKey: true, key: "å" }))).toBe(true);
    expect(matches("Alt+KeyA", press("KeyA"))).toBe(false);
    expect(matches("Alt+KeyA", press("KeyA", { altKey: true, ctrlKey: true }))).toBe(false);
    expect(matches("Alt+Shift+KeyE", press("KeyE", { altKey: true, shiftKey: true }))).toBe(true);
  });

  it("know the command key of a Mac", () => {
    expect(matches("Mod+Enter", press("Enter", { ctrlKey: true }), false)).toBe(true);
    expect(matches("Mod+Enter", press("Enter", { metaKey: true }), true)).toBe(true);
    expect(matches("Mod+Enter", press("Enter", { ctrlKey: true }), true)).toBe(false);
  });

  it("are named as the machine names them", () => {
    expect(showKeys("Mod+Enter", false)).toBe("Ctrl ↵");
    expect(showKeys("Alt+KeyA", true)).toBe("⌥ A");
    expect(ariaKeys("Mod+KeyK", false)).toBe("Control+K");
  });
});

describe("shortcuts", () => {
  const run = vi.fn();
  const one = { keys: "Alt+KeyA", label: "Accept", run };

  afterEach(() => {
    shortcuts.value = [];
    run.mockClear();
  });

  it("run once and keep the key from the browser", () => {
    shortcuts.value = [one];
    const event = press("KeyA", { altKey: true });
    onKey(event);
    expect(run).toHaveBeenCalledTimes(1);
    expect(event.defaultPrevented).toBe(true);
  });

  it("do nothing while text is composed", () => {
    shortcuts.value = [one];
    onKey(press("KeyA", { altKey: true, isComposing: true }));
    expect(run).not.toHaveBeenCalled();
  });

  it("that write a sign stay out of text fields", () => {
    shortcuts.value = [{ keys: "Shift+Slash", label: "List", run, outsideText: true }];
    const field = document.createElement("textarea");
    field.addEventListener("keydown", onKey);
    field.dispatchEvent(press("Slash", { shiftKey: true }));
    expect(run).not.toHaveBeenCalled();
    onKey(press("Slash", { shiftKey: true }));
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("give way to the one that came last", () => {
    const later = vi.fn();
    shortcuts.value = [one, { ...one, run: later }];
    onKey(press("KeyA", { altKey: true }));
    expect(later).toHaveBeenCalledTimes(1);
    expect(run).not.toHaveBeenCalled();
  });
});
