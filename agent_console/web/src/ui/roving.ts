/** Arrow keys over a row or a column of controls of which one is in the tab order. */

const STEPS: Record<string, number | "first" | "last"> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: "first",
  End: "last",
};

/** The index a key moves to, round the ends; null when the key does not move. */
export function moved(event: KeyboardEvent, index: number, count: number): number | null {
  const step = event.isComposing ? undefined : STEPS[event.key];
  if (step === undefined || count === 0) return null;
  if (step === "first") return 0;
  if (step === "last") return count - 1;
  return (index + step + count) % count;
}

/** Focus the n-th child that can have focus. */
export function focusChild(parent: Element | null, index: number, selector: string): void {
  const child = parent?.querySelectorAll<HTMLElement>(selector)[index];
  child?.focus();
}
