/** Which dialog is open. */
import { signal } from "@preact/signals";

export type Open =
  | "problems"
  | "call"
  | "compare"
  | "versions"
  | "publish"
  | "hand_in"
  | "send_back"
  | "add"
  | "begin"
  | "rename"
  | "bring"
  | "discard";

export const open = signal<Open | null>(null);
export const close = (): void => void (open.value = null);
