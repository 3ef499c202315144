/** Widths of the outer panes: dragged or set by key, kept per person. */
import { computed, effect, signal } from "@preact/signals";
import { recall, remember } from "../../lib/memory.ts";

export type Side = "left" | "right";
export const LIMITS = { left: [248, 400], right: [320, 560] } as const;
const KEY = "desk.panes";

interface Widths {
  left: number | null;
  right: number | null;
}

function kept(): Widths {
  try {
    return { left: null, right: null, ...(JSON.parse(recall(KEY) ?? "{}") as Partial<Widths>) };
  } catch {
    return { left: null, right: null };
  }
}

const set = signal<Widths>(kept());
effect(() => remember(KEY, JSON.stringify(set.value)));

const narrowScreen = matchMedia("(max-width: 820px)");
/** One pane at a time. */
export const narrow = signal(narrowScreen.matches);
narrowScreen.addEventListener("change", () => (narrow.value = narrowScreen.matches));

const wide = matchMedia("(min-width: 1680px)");
const small = matchMedia("(max-width: 1240px)");
const sizes = signal(0);
for (const query of [wide, small]) query.addEventListener("change", () => (sizes.value += 1));

/** In pixels: what the person set, else the widths of the layout grid. */
export const paneWidths = computed(() => {
  void sizes.value;
  const usual = wide.matches
    ? { left: 328, right: 440 }
    : { left: small.matches ? 272 : 296, right: 380 };
  return { left: set.value.left ?? usual.left, right: set.value.right ?? usual.right };
});

export function setWidth(side: Side, pixels: number): void {
  const [least, most] = LIMITS[side];
  set.value = { ...set.value, [side]: Math.round(Math.min(most, Math.max(least, pixels))) };
}

export function usualWidth(side: Side): void {
  set.value = { ...set.value, [side]: null };
}
