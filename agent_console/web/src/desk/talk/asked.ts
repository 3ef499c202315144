/** The dialog that is open over the conversation. */
import { signal } from "@preact/signals";

export type Asked = "transfer" | "invite" | "end" | "leave" | "help";
export const asked = signal<Asked | null>(null);
