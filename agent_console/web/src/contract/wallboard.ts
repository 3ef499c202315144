/** The wallboard. */
import type { AnnouncementView, ConsoleSetup, ContactView, MeView, MessageView } from "./desk.ts";
import type { ScreenPop } from "./record.ts";
import type { Both, PresenceState } from "./words.ts";

export interface WallboardState {
  me: { me: MeView };
  totals: { today: WallTotals };
  tiles: Record<string, QueueTile>;
  agents: Record<string, AgentTile>;
  contacts: Record<string, WallContact>;
  alerts: Record<string, AlertView>;
  satisfaction: { today: Satisfaction };
  announcements: { now?: CountedAnnouncement[] };
  switches: { now?: SwitchView[]; parts?: SwitchParts };
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
  callbacks_due: number; // callers who wait to be called, now
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
  missing: Array<{ skills: LentSkill[]; waiting: number }>; // what nobody signed in has
  health: "on_target" | "at_risk" | "missing_target";
}

export interface AgentTile {
  id: string;
  name: Both;
  team: string;
  presence: PresenceState;
  presence_reason: string;
  presence_since: number;
  phone_ready: boolean;
  activity: "idle" | "ringing" | "on_contact" | "wrap_up";
  activity_since: number;
  contacts: Array<{ id: string; channel: string; queue_id: string | null }>;
  load_units: number;
  capacity_units: number;
  queues: string[]; // with what is lent
  skills: LentSkill[];
  assists: Array<{ id: string; queue_id: string | null; until_at: number; skills: LentSkill[] }>;
}

export interface CountedAnnouncement extends AnnouncementView {
  meant: number; // agents
  read: number;
  missing: Both[]; // who has not read it, the first fifty
}

/** Something of self-service that is off now. */
export interface SwitchView {
  id: string;
  kind: "assistant" | "intent" | "errand";
  name: string; // of the intent or errand
  channel: string; // empty: all
  reason: string;
  by: Both;
  given_at: number;
  until_at: number;
}

/** What can be switched off, by kind, and on which channels. */
export interface SwitchParts {
  intent: string[];
  errand: string[];
  channel: string[];
}

export interface LentSkill {
  skill: string;
  level: number;
}

export interface WallContact {
  id: string;
  channel: string;
  state: string;
  title: string; // masked: "Lin W••"
  title_zh: string; // masked: "林•"
  queue_id: string | null;
  agent_id: string | null;
  agent: Both | null;
  since: number; // start of the present state
  queued_at: number | null;
  segment: string | null;
  flags: string[]; // "help_asked" | "late" | "ringing" | "silent" | "stuck" | "threat"
}

export interface AlertView {
  id: string;
  kind:
    | "help_asked"
    | "service_level"
    | "long_wait"
    | "over_break"
    | "nobody_skilled" // value: how many wait for it
    | "long_contact"
    | "late_reply"
    | "bot_stuck" // topic: why (misses, repeats, lasts); value: how many, or seconds
    | "low_score"
    | "task_overdue"
    | "order_to_decide"
    | "proof_locked" // value: when it ends by itself
    | "effect_failed"
    | "effect_unknown" // nobody knows whether it has happened
    | "queue_unstaffed";
  since: number;
  queue_id: string | null;
  agent_id: string | null;
  contact_id: string | null;
  value: number | null;
  topic: string | null; // of effect_...: what kind of act, such as "notify"; of bot_stuck: why
  action:
    | "join"
    | "take_over"
    | "see_contact"
    | "see_queue"
    | "lend"
    | "ask_back"
    | "task"
    | "see_tasks"
    | "decide"
    | "release"
    | "retry"
    | null;
  ref: string | null;
  severity: number; // each step is twice as bad; worse than when taken on it calls again
  acknowledged: { by: Both; at: number; note: string } | null;
}

/** An alert from its begin to its end (`GET /api/alerts`). */
export interface AlertSpell {
  alert_id: string;
  kind: AlertView["kind"];
  queue_id: string | null;
  agent_id: string | null;
  contact_id: string | null;
  began_at: number;
  ended_at: number | null; // it still calls
  taken: Array<{ by: Both; at: number; note: string }>; // the first first
}

/** The alerts of a day of the bank's zone, the newest first; `cut`: there were more. */
export interface AlertsOfDay {
  day: string;
  today: string;
  alerts: AlertSpell[];
  cut: boolean;
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
