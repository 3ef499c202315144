/** Which dialog is open. */
import { signal } from "@preact/signals";

export type Open = "problems" | "call" | "compare" | "versions" | "publish" | "add" | "discard";

export const open = signal<Open | null>(null);
export const close = (): void => void (open.value = null);
