/** The JSON that hub and console exchange. The Python twin is agent_console/views.py.
 *
 * Feed (Socket.IO, path /console/socket.io): the page emits `hello {topic}`; the server answers
 * with a `snapshot`, then sends `feed` increments. An increment names the position before; if that
 * is not the page's own position the page emits `hello` again: one start-up path, no special
 * recovery.
 *
 * All times are UTC epoch seconds. All ids are opaque strings.
 */

import type { BankAction, CoreAge, OrderLine } from "./contract/banking.ts";

export * from "./contract/banking.ts";

export type Lang = "en" | "zh";
export type Role = "agent" | "supervisor" | "administrator" | "auditor";
export type PresenceState = "available" | "break" | "training" | "offline" | "reconnecting";
export type Speaker = "customer" | "bot" | "agent" | "system";
export type Both = Record<Lang, string>;

// ---- feed frames ---------------------------------------------------------------------------

export interface Snapshot {
  position: number;
  server_now: number;
  state: ConsoleState | WallboardState;
}

/** Operations are applied in order; each is idempotent. */
export type Op =
  | ["put", string, string, unknown] // collection, key, value
  | ["merge", string, string, Record<string, unknown>] // collection, key, changed fields
  | ["drop", string, string] // collection, key
  | ["add", "messages", string, MessageView] // conversation id, message; same seq replaces
  | ["tell", string, unknown]; // ephemeral: "typing", "notice"

export interface Increment {
  before: number;
  position: number;
  ops: Op[];
}

// ---- the agent's desk ----------------------------------------------------------------------

export interface ConsoleState {
  me: { me: MeView }; // key "me"
  contacts: Record<string, ContactView>; // mine: assigned, in wrap-up, consulted, joined
  offers: Record<string, OfferView>; // by reservation id
  records: Record<string, ScreenPop>; // by contact id; present for every contact and offer
  messages: Record<string, MessageView[]>; // by conversation id: the last 50
  queues: Record<string, QueueStrip>;
  figures: { today: DayFigures };
  tasks: { mine?: TaskView[] }; // open ones, the most urgent first
  setup: { setup: ConsoleSetup };
}

export interface MeView {
  id: string;
  name: Both;
  roles: Role[];
  rights: string[];
  presence: PresenceState;
  presence_reason: string;
  presence_since: number;
  capacity_units: number;
  load_units: number;
  channels: Array<{ channel: string; used: number; room: number }>;
}

export interface ContactView {
  id: string;
  conversation_id: string;
  channel: string;
  state: "queued" | "reserved" | "assigned" | "parked" | "closed" | "in_self_service" | "arrived";
  my_role: "owner" | "wrap_up" | "consulted" | "watching" | "joined";
  assignment_id: string | null;
  queue_id: string | null;
  language: Lang;
  title: string; // customer's name, or "Guest 4821"
  title_zh: string;
  known: boolean; // a Customer proved to be
  segment: string | null;
  arrived_at: number;
  queued_at: number | null;
  assigned_at: number | null;
  closed_at: number | null;
  waited_seconds: number | null;
  target_seconds: number | null;
  /** who must act: the promise ring shows `reply_due_at` while the customer waits for us */
  last_speaker: Speaker | null;
  last_text: string; // preview of the last message, at most 120 characters
  last_at: number | null;
  reply_due_at: number | null;
  last_seq: number;
  seen_by_customer_seq: number;
  seen_by_staff_seq: number;
  customer_present: boolean; // is a page of the customer connected
  participants: Array<{
    agent_id: string;
    name: Both;
    role: "owner" | "consulted" | "watching" | "joined";
  }>;
  hand_off: HandOffView | null;
  transfer_note: string | null;
  wrap_up: WrapUpView | null;
  ended: { ending: string; reason: string } | null;
}

export interface HandOffView {
  wants: string;
  collected: Array<{ label: string; value: string }>;
  tried: string[];
  bot_seq_from: number; // bot transcript: messages bot_seq_from..bot_seq_to
  bot_seq_to: number;
}

export interface WrapUpView {
  until: number;
  started_at: number;
  extended: number; // times extended
  dispositions: Array<{ code: string; label: Both }>;
}

export interface OfferView {
  reservation_id: string;
  contact_id: string;
  channel: string;
  queue_id: string;
  offered_at: number;
  expires_at: number;
  waited_seconds: number;
  target_seconds: number;
  title: string;
  title_zh: string;
  segment: string | null;
  language: Lang;
  wants: string;
  identity: { level: number; proof: string | null };
  because: Record<string, unknown>;
}

export interface MessageView {
  conversation_id: string;
  seq: number;
  contact_id: string;
  speaker: Speaker;
  agent_id: string | null;
  name: Both | null; // of the agent
  audience: "everyone" | "staff";
  kind: "text" | "menu" | "file" | "event";
  text: string;
  choices?: Array<{ value: string; label: string }>;
  file?: { id: string; name: string; media_type: string; size_bytes: number; href: string };
  event?: string; // kind "event": a code such as "agent_joined", "transferred", "closed"
  data?: Record<string, string>;
  at: number;
  key: string | null; // the sender's own id of it, to match the local echo
}

export interface QueueStrip {
  id: string;
  name: Both;
  waiting: number;
  longest_wait_since: number | null;
  target_seconds: number;
  open: boolean;
}

export interface DayFigures {
  handled: number;
  average_handle_seconds: number | null;
  average_score: number | null;
}

export interface ConsoleSetup {
  presence_reasons: Array<{ presence: PresenceState; code: string; label: Both }>;
  decline_reasons: Array<{ code: string; label: Both }>;
  replies: Array<{ code: string; title: Both; text: Both; queues: string[] }>;
  queues: Array<{ id: string; name: Both; dispositions: Array<{ code: string; label: Both }> }>;
  agents: Array<{ id: string; name: Both; team: string }>; // whom one may transfer to or invite
  segments: Array<{ code: string; label: Both }>;
  task_kinds: Array<{ code: string; label: Both; staff_may_open: boolean }>;
  case_kinds: Array<{ code: string; label: Both }>;
  time_zone: string;
  files: { max_bytes: number; media_types: string[] };
}

// ---- tasks and cases ------------------------------------------------------------------------

export interface TaskView {
  id: string;
  kind: string;
  state: "open" | "done";
  title: Both;
  words: string;
  evidence: Array<[string, string]>;
  owner_id: string | null;
  owner: Both | null;
  queue_id: string | null;
  customer_id: string | null;
  customer_number: string | null;
  contact_id: string | null;
  work_contact_id: string | null; // the contact as which it was routed
  case_id: string | null;
  case_number: string | null;
  due_at: number | null;
  remind_at: number | null;
  is_overdue: boolean;
  attempts: number; // how often it was put off
  created_at: number;
  created_by: Both | null;
  done_at: number | null;
  done_by: Both | null;
  outcome: string | null;
}

export interface CaseView {
  id: string;
  number: string;
  customer_id: string;
  kind: string;
  title: Both;
  stage: string;
  stages: Array<{ code: string; label: Both; is_final: boolean }>;
  resolutions: Array<{ code: string; label: Both }>;
  resolution: string | null;
  owner_id: string | null;
  owner: Both | null;
  due_at: number | null;
  opened_at: number;
  closed_at: number | null;
  version: number; // send it back with an edit
  entries: CaseEntry[];
}

export interface CaseEntry {
  id: string;
  at: number;
  by: string;
  name: Both | null;
  what: string; // opened | noted | staged | due_set | owned | resolved | reopened
  data: Record<string, unknown>;
  words: string;
}

// ---- screen pop ----------------------------------------------------------------------------

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

export interface CustomerCard {
  id: string;
  number: string;
  name: string;
  name_zh: string;
  segment: string;
  lifecycle: string;
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
  state: "active" | "blocked" | "expired" | "replaced";
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
  at: number;
  queue_id: string | null;
  disposition: string | null;
  disposition_label: Both | null;
  score: number | null;
  agent: Both | null;
  ending: string;
}

// ---- wallboard -----------------------------------------------------------------------------

export interface WallboardState {
  me: { me: MeView };
  totals: { today: WallTotals };
  tiles: Record<string, QueueTile>;
  agents: Record<string, AgentTile>;
  contacts: Record<string, WallContact>;
  alerts: Record<string, AlertView>;
  satisfaction: { today: Satisfaction };
  intervals: Record<string, IntervalFigures>; // half hours of today, by start epoch
  watched: Record<string, ContactView>; // chats this supervisor watches
  records: Record<string, ScreenPop>;
  messages: Record<string, MessageView[]>;
  setup: { setup: ConsoleSetup };
}

export interface WallTotals {
  service_level_ratio: number | null;
  service_level_target_ratio: number;
  waiting: number;
  longest_wait_since: number | null;
  longest_wait_queue_id: string | null;
  offered: number;
  answered: number;
  abandoned: number;
  abandoned_ratio: number | null;
  average_handle_seconds: number | null;
  contained: number;
  contained_ratio: number | null;
  computed_at: number;
}

export interface QueueTile {
  id: string;
  name: Both;
  channels: string[];
  waiting: number;
  longest_wait_since: number | null;
  target_seconds: number;
  service_level_ratio: number | null;
  service_level_target_ratio: number;
  answered: number;
  abandoned: number;
  abandoned_ratio: number | null;
  estimate_seconds: number | null;
  staff_available: number;
  staff_signed_in: number;
  open: boolean;
  health: "on_target" | "at_risk" | "missing_target";
}

export interface AgentTile {
  id: string;
  name: Both;
  team: string;
  presence: PresenceState;
  presence_reason: string;
  presence_since: number;
  activity: "idle" | "ringing" | "on_contact" | "wrap_up";
  activity_since: number;
  contacts: Array<{ id: string; channel: string; queue_id: string | null }>;
  load_units: number;
  capacity_units: number;
}

export interface WallContact {
  id: string;
  channel: string;
  state: string;
  title: string; // masked: "Lin W••"
  queue_id: string | null;
  agent_id: string | null;
  agent: Both | null;
  since: number; // start of the present state
  queued_at: number | null;
  segment: string | null;
  flags: string[]; // "help_asked" | "late" | "ringing" | "silent"
}

export interface AlertView {
  id: string;
  kind:
    | "help_asked"
    | "service_level"
    | "long_wait"
    | "over_break"
    | "low_score"
    | "task_overdue"
    | "order_to_decide"
    | "effect_failed"
    | "effect_unknown" // nobody knows whether it has happened
    | "queue_unstaffed";
  since: number;
  queue_id: string | null;
  agent_id: string | null;
  contact_id: string | null;
  value: number | null;
  topic: string | null; // of effect_...: what kind of act, such as "notify"
  action:
    | "join"
    | "see_contact"
    | "see_queue"
    | "ask_back"
    | "task"
    | "see_tasks"
    | "decide"
    | "retry"
    | null;
  ref: string | null;
}

export interface Satisfaction {
  average: number | null;
  answers: number;
  offered: number;
  by_score: Record<string, number>;
  by_channel: Record<string, number>;
  comments: Array<{ score: number; text: string; channel: string; at: number }>;
}

export interface IntervalFigures {
  start_at: number;
  offered: number;
  answered: number;
  abandoned: number;
  service_level_ratio: number | null;
}
