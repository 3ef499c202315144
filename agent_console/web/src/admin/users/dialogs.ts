/** Which dialog is open. */
import { signal } from "@preact/signals";
import type { UserRow } from "./model.ts";

export type Reasoned = "disable" | "enable" | "sign-out";

export type Open =
  | { kind: "add" }
  | { kind: "edit"; user: UserRow }
  | { kind: "reason"; user: UserRow; act: Reasoned }
  | { kind: "reset"; user: UserRow }
  | { kind: "forget"; user: UserRow }
  | { kind: "once"; login: string; password: string }
  | { kind: "import" };

export const open = signal<Open | null>(null);
export const close = (): void => void (open.value = null);
