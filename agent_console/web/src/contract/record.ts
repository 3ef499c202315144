/** The screen pop: what the server lets this viewer see of a customer. */
import type { BankAction, CoreAge, OrderLine } from "./banking.ts";
import type { Both, Lang } from "./words.ts";

/** A field the server decided about: shown, masked (a reveal is possible) or closed (and why). */
export interface Field {
  shown: "shown" | "masked" | "closed";
  value: string | null;
  why: string | null; // "identity_level_2" | "role" | "not_the_speakers" | "speaker_unknown"
  reveal: string | null; // field path for `reveal`, if this viewer may
}

export interface ScreenPop {
  contact_id: string;
  customer: CustomerCard | null; // null: a guest, or a record that is restricted
  restricted: { ask: Both[] } | null; // a colleague's record: who may open it
  candidates: number; // records that match the address but are not proved
  identity: IdentityView;
  speaker: string | null; // party id; null: the customer in person
  persons: PersonLine[]; // who else may act on the record
  accounts: AccountLine[];
  cards: CardLine[];
  payments: PaymentLine[]; // the last ten
  cases: CaseLine[];
  tasks: TaskLine[];
  history: HistoryLine[]; // the last ten contacts over all channels
  consents: Array<{ code: string; label: Both; given: boolean; at: number | null }>;
  closed: string | null; // why accounts and payments are closed, code, or null
  core: CoreAge | null; // null: the bank's own system is not connected
  orders: OrderLine[]; // the newest first
  actions: BankAction[]; // what this viewer could ask for; `why` says what closes it now
}

/** How sure we are who speaks, and what can be done about it. */
export interface IdentityView {
  level: number;
  proof: string | null; // codes of the proofs, joined by "+"
  proved_at: number | null;
  proved_by: Both | null;
  tries_left: number;
  locked_until: number | null;
  code: { via: CodeVia; sent_at: number; expires_at: number; resend_at: number } | null;
  ways: Array<{ via: CodeVia; masked: string }>; // addresses of the record
  questions: boolean; // may be asked at this level
  blocked: string | null; // "deceased" | "speaker_unknown" | "power_ended"
}

export type CodeVia = "sms" | "email";

export interface PersonLine {
  id: string;
  role: "joint_holder" | "director" | "attorney";
  name: string;
  name_zh: string;
  accounts: string[];
  in_force: boolean;
  until_at: number | null;
}

export interface Reason {
  since: number;
  why: Both;
}

/** A change of where the customer stands, with the reason that was given then. */
export interface StandingLine {
  at: number;
  field: "segment" | "lifecycle" | "manager" | "value";
  before: { code: string; name: Both | null };
  after: { code: string; name: Both | null };
  why: Both;
}

export interface CustomerCard {
  id: string;
  number: string;
  name: string;
  name_zh: string;
  segment: string;
  lifecycle: string;
  manager: Both | null; // who looks after the customer
  /** Since when and why, for what the bank's rules decided. */
  standing: Partial<Record<"segment" | "lifecycle" | "manager" | "value", Reason>>;
  /** How the customer asks to be reached, and in which words. */
  preference?: { channel: string; words: string; by: Both | null; at: number } | null;
  since_year: number;
  language: Lang;
  phone: Field;
  email: Field;
  id_number: Field;
  birth_date: Field;
  address: Field;
  warnings: string[];
}

export interface AccountLine {
  id: string;
  kind: string;
  name: Both;
  role: string; // the customer's part in it: "holder" or that of a PersonLine
  number: Field;
  currency: string;
  balance: Field; // value is a decimal string
  limit: Field; // of transfers in a day, a decimal string; null where nothing can be
}

export interface CardLine {
  id: string;
  kind: string;
  number: Field;
  state: "active" | "frozen" | "blocked" | "expired" | "replaced";
}

export interface PaymentLine {
  id: string;
  at: number;
  merchant: string;
  amount: string;
  currency: string;
  account_id: string;
  unusual: string | null; // code of the reason
  unusual_times: number | null; // "4x usual amount"
}

export interface CaseLine {
  id: string;
  number: string;
  title: Both;
  stage: string;
  due_at: number | null;
  owner: string | null;
}

export interface TaskLine {
  id: string;
  kind: string;
  due_at: number | null;
  title: Both;
}

export interface HistoryLine {
  contact_id: string;
  channel: string;
  subject?: string; // of a mail
  at: number;
  queue_id: string | null;
  disposition: string | null;
  disposition_label: Both | null;
  score: number | null;
  agent: Both | null;
  ending: string;
}
