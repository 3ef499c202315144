/** The agent's desk. */
import type { CallSetup, CallView } from "./calls.ts";
import type { ScreenPop } from "./record.ts";
import type { Both, Lang, PresenceState, Role, Speaker } from "./words.ts";
import type { TaskView } from "./work.ts";

export interface ConsoleState {
  me: { me: MeView }; // key "me"
  contacts: Record<string, ContactView>; // mine: assigned, in wrap-up, consulted, joined
  offers: Record<string, OfferView>; // by reservation id
  records: Record<string, ScreenPop>; // by contact id; present for every contact and offer
  messages: Record<string, MessageView[]>; // by conversation id: the last 50
  queues: Record<string, QueueStrip>;
  figures: { today: DayFigures };
  announcements: { now?: AnnouncementView[] }; // for me, not read yet
  drafts: Record<string, DraftView[]>; // by contact id: mine of all tabs, colleagues' in it
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
  presence_next: string; // while finishing: what comes when nothing is in hand any more
  presence_next_reason: string;
  phone: PhoneView;
  capacity_units: number;
  load_units: number;
  channels: Array<{ channel: string; used: number; room: number }>;
}

/** What rings when the agent accepts a call, and whether it can. */
export interface PhoneView {
  device: "browser" | "outside";
  ready: boolean;
  number: string | null; // masked, of an outside phone
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
  answer_due_at: number | null; // of a letter, by business hours
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
  call: CallView | null; // of the channel "phone" only
  account: string; // the number, mailbox or widget of ours that the customer used
  composer?: { closed: string }; // code: why nothing may be written to the customer here
  outgoing?: OutgoingView[]; // words of ours that wait before they leave
  joins?: JoinView[]; // conversations that staff have merged, split or linked with it
}

export interface HandOffView {
  wants: string;
  collected: Array<{ label: string; value: string }>;
  tried: string[];
  task: { id: string; kind: string } | null; // the due task that this contact is
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
  /** why it waits: "returned" is a transfer of mine that nobody answered */
  cause: string;
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
  kind: "text" | "menu" | "file" | "event" | "forward" | "articles";
  text: string;
  choices?: Array<{ value: string; label: string }>;
  articles?: { slug: string; language: Lang; title: string; passage: string; href: string }[];
  file?: { id: string; name: string; media_type: string; size_bytes: number; href: string };
  files?: Array<NonNullable<MessageView["file"]>>; // of kind "forward": what went along
  event?: string; // kind "event": a code such as "agent_joined", "transferred", "closed"
  data?: Record<string, string>;
  at: number;
  key: string | null; // the sender's own id of it, to match the local echo
  letter?: LetterView; // of a channel that knows subjects
  delivery?: DeliveryView; // of our words on a written channel
  secure?: SecureView; // what waits behind the link that these words carry
}

/** Words that did not travel in plain: the customer opens them on a page, after a code. */
export interface SecureView {
  text: string;
  asks_files: boolean;
  file: { id: string; name: string; media_type: string; size_bytes: number; href: string } | null;
}

/** The head of a written message, and what was set apart from its words. */
export interface LetterView {
  subject: string;
  sender: string; // empty: ours
  sender_name: string;
  certainty: "verified" | "claimed" | "ambiguous" | "none" | null; // of the sender
  to: string[];
  cc: string[];
  bcc: string[]; // of ours
  is_forward: boolean; // passed on to somebody else: `quoted` is what
  quoted: string;
  signature: string;
  original: string | null; // address of the cleaned HTML
  remote_count: number; // pictures from elsewhere that were taken out of it
  automatic: string; // code: why nobody waits for an answer
  flags: string[];
}

export interface DeliveryView {
  state: "queued" | "sent" | "delivered" | "failed" | "unknown";
  error_code: string;
}

/** Two conversations that staff have joined, as this end sees it. */
export interface JoinView {
  id: string;
  kind: "merged" | "split" | "linked";
  shows: boolean; // the other's messages are shown here
  other_id: string;
  channel: string;
  reference: string; // of the other's contact
  count: number;
  by: Both;
  at: number;
  whole_until: number | null; // until then taking it back restores the other contact too
}

/** Words of staff that wait before they leave: for an undo, or for a time that was chosen. */
export interface OutgoingView {
  id: string;
  contact_id: string;
  agent_id: string;
  name: Both | null;
  kind: "text" | "file" | "forward";
  text: string;
  language: Lang | null;
  letter: { subject: string; to: string[]; cc: string[]; bcc: string[] } | null;
  files: string[];
  scheduled: boolean;
  heard_seq: number; // the newest message when they were written
  written_at: number;
  leaves_at: number;
  state: "waiting" | "stopped";
  why: string; // of what was stopped: a code
}

/** What somebody writes and has not sent. Mine is there when emptied too, a colleague's is not. */
export interface DraftView {
  agent_id: string;
  name: Both;
  kind: "reply" | "note" | "wrap_up";
  text: string;
  page: string; // the tab that wrote it
  at: number;
  taken_by: Both | null;
}

/** What a supervisor says to customers, agents or both. */
export interface AnnouncementView {
  id: string;
  audience: "customers" | "agents" | "everyone";
  team: string | null;
  queue_id: string | null;
  must_confirm: boolean;
  text: Both;
  by: Both;
  given_at: number;
  until_at: number;
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
  replies: Array<{ code: string; title: Both; text: Both; queues: string[]; intents?: string[] }>;
  queues: Array<{ id: string; name: Both; dispositions: Array<{ code: string; label: Both }> }>;
  agents: Array<{ id: string; name: Both; team: string }>; // whom one may transfer to or invite
  block_hours: number[]; // for how long an address may be blocked; 0: not at all
  extend_reasons: Array<{ code: string; label: Both }>; // more time for the wrap-up
  extensions_most: number;
  protected: Array<{ code: string; why: Both }>; // what never goes in plain mail or SMS
  skills: Array<{ code: string; label: Both }>;
  segments: Array<{ code: string; label: Both }>;
  task_kinds: Array<{ code: string; label: Both; staff_may_open: boolean }>;
  letter_tags: Array<{ code: string; label: Both }>;
  case_kinds: Array<{ code: string; label: Both }>;
  time_zone: string;
  calls: CallSetup | null; // null: there is no phone
  writes: string[]; // channels on which a new message can be begun
  accounts: Array<{ channel: string; id: string; signature: Partial<Both> }>; // ours
  files: { max_bytes: number; media_types: string[] };
}
