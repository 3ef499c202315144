/** Large collections are drawn one a frame, so that no frame has to draw them all. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";

const waiting = new Map<string, () => void>();

function next(): void {
  const first = waiting.entries().next();
  if (first.done) return;
  const [name, draw] = first.value;
  waiting.delete(name);
  draw();
  if (waiting.size > 0) requestAnimationFrame(next);
}

/** In a page that is not seen there are no frames, and nothing to draw them for. */
function inTurn(name: string, draw: () => void): void {
  if (document.hidden) {
    waiting.delete(name);
    draw();
    return;
  }
  const isFirst = waiting.size === 0;
  waiting.set(name, draw);
  if (isFirst) requestAnimationFrame(next);
}

/** What `read` gives, in its turn; its first value, and that after `none`, at once. */
export function shownInTurn<T>(name: string, none: T, read: () => T): ReadonlySignal<T> {
  const shown = signal(none);
  effect(() => {
    const value = read();
    if (shown.peek() === none) {
      shown.value = value;
      return;
    }
    inTurn(name, () => {
      shown.value = value;
    });
  });
  return shown;
}
