/** The bank's own system as the screen pop shows it: how old, what was ordered, what may be. */
import type { Both, Field } from "../contract.ts";

/** How old our copy of the bank's own records is. */
export interface CoreAge {
  as_of: number | null;
  stale_since: number | null; // since when the bank's system does not answer
}

export type OrderKind =
  "block_card" | "replace_card" | "change_limit" | "change_address" | "appointment";

export interface BankAction {
  kind: OrderKind;
  why: string | null; // "identity_level_2" | "role" | "not_the_speakers"; null: open
  approval: boolean; // a second person must always agree
  approval_above: string | null; // or above this amount, a decimal string
}

export interface OrderLine {
  id: string;
  reference: string; // short, to be read aloud
  kind: OrderKind;
  state: "awaiting_approval" | "queued" | "sent" | "applied" | "refused" | "failed" | "cancelled";
  subject_id: string; // the card or account
  about: string | null; // "•••• 4417"
  told: { amount?: string; amount_before?: string; currency?: string; reason?: string };
  new_last_four: string | null;
  address: Field;
  visit: { starts_at: number; branch: Both; address: Both; topic: Both } | null;
  asked_at: number;
  asked_by: Both | null; // null: self-service
  decided_by: Both | null; // the second person
  reason: string; // why it was refused: the bank's code, or the second person's words
  ended_at: number | null;
}
