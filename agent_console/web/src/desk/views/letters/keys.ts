/** Arrows go from line to line; Home and End to the first and last; Space chooses the line. */
import { choose, chosenIds } from "./model.ts";

const LINES = ".letter-main";

export function onListKey(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const all = [...list.querySelectorAll<HTMLElement>(LINES)];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[Math.max(0, Math.min(to, all.length - 1))]?.focus();
  } else if (event.key === " ") {
    event.preventDefault();
    const id = all[at]?.dataset.contact ?? "";
    choose(id, !chosenIds.value.has(id));
  }
}
