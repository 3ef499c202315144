/** Lists of mail and messages: twin of `hub/journey/written/show.py`. */
import type { Lang } from "./words.ts";

export type LetterList = "mine" | "team" | "unassigned" | "due" | "waiting" | "failed" | "spam";

export interface LetterLine {
  key: [number, string]; // the next page begins after the last row's
  contact_id: string;
  reference: string;
  channel: string;
  account: string;
  state: "queued" | "reserved" | "assigned" | "parked" | "closed" | "in_self_service" | "arrived";
  waits_for: "customer" | "follow_up" | null;
  queue_id: string | null;
  agent_id: string | null; // who has it, or had it, or is asked
  customer: { id: string; name: string; name_zh: string } | null;
  is_restricted: boolean;
  guest_number: number;
  sender: string; // masked
  segment: string | null;
  language: Lang;
  subject: string;
  preview: string;
  tags: string[];
  arrived_at: number;
  due_at: number | null;
  until_at: number | null;
  seq: number | null; // of the message that was not delivered
  delivery: "failed" | "unknown" | null;
  error_code: string | null;
}

/** A letter that is held back as spam (`hub/journey/written/held.py`). */
export interface HeldLine {
  key: [number, string];
  id: string;
  channel: string;
  account: string;
  sender: string;
  sender_name: string;
  subject: string;
  language: Lang;
  text: string;
  score: number;
  reasons: Array<[code: string, points: number]>;
  came_at: number;
  expires_at: number;
}

/** The answer of a command on many. */
export interface DoneTogether {
  rows: Array<{ contact_id: string; code: string }>;
  deed_id: string | null;
  undo_until: number;
}
