/** The keyboard map of the page: components add their shortcuts while they are shown. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { matches } from "./combo.ts";

export interface Shortcut {
  /** By position of the key: "Alt+KeyA". */
  keys: string;
  /** What it does, for the list. */
  label: string;
  run: () => void;
  /** Not while a person types in a field (only for keys that also write). */
  outsideText?: boolean;
}

/** All that works now, in the order it was added. */
export const shortcuts = signal<readonly Shortcut[]>([]);

/** Shortcuts of a component; they work as long as it is shown. Later components win. */
export function useShortcuts(list: readonly Shortcut[]): void {
  const latest = useRef(list);
  latest.current = list;
  const names = list.map((one) => `${one.keys} ${one.label}`).join("\n");
  // In the same step as what is seen: who sees a control may press its key.
  useLayoutEffect(() => {
    const mine = latest.current.map((one, index) => ({
      ...one,
      run: () => latest.current[index]?.run(),
    }));
    shortcuts.value = [...shortcuts.value, ...mine];
    return () => {
      shortcuts.value = shortcuts.value.filter((one) => !mine.includes(one));
    };
  }, [names]);
}

function writing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

/** Run what a key press means; nothing while text is being composed or a dialog is open. */
export function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  const found = shortcuts.value.findLast(
    (one) => matches(one.keys, event) && !(one.outsideText && writing(event.target)),
  );
  if (!found) return;
  event.preventDefault();
  found.run();
}

/** Start listening; once per page. */
export function listenForKeys(): void {
  addEventListener("keydown", onKey);
}
