/** Day reports over HTTP. Ratios and averages of nothing are null. */
import type { Both } from "./words.ts";

export interface Waits {
  offered: number;
  answered: number;
  answered_in_target: number;
  abandoned: number;
  left: number;
  service_level_ratio: number | null;
  abandoned_ratio: number | null;
  average_wait_seconds: number | null;
}

export interface DayTotal extends Waits {
  handled: number;
  average_handle_seconds: number | null;
  contained: number;
  handed_off: number;
}

export interface AgentLine {
  agent_id: string;
  handled: number;
  average_handle_seconds: number | null;
  accepted: number;
  declined: number;
  timed_out: number;
  answers: number;
  average_score: number | null;
}

export interface SurveyLine {
  offered: number;
  answers: number;
  average: number | null;
  by_score: Record<string, number>;
}

export interface DayReport {
  first: string; // days of the bank's zone, such as 2026-11-24
  last: string;
  today: string;
  total: DayTotal;
  days: Array<DayTotal & { start_at: number }>;
  half_hours: Array<Waits & { start_at: number }>; // of one day only
  queues: Array<Waits & { queue_id: string }>;
  agents: AgentLine[];
  surveys: {
    total: SurveyLine;
    agents: Array<SurveyLine & { agent_id: string }>;
    queues: Array<SurveyLine & { queue_id: string }>;
  };
  names: { queues: Record<string, Both>; agents: Record<string, { name: Both; team: string }> };
  time_zone: string;
  computed_at: number;
}

export interface ReportContact {
  id: string;
  reference: string;
  arrived_at: number;
  channel: string;
  queue_id: string | null;
  agent_id: string | null;
  agents: number;
  wait_seconds: number;
  handle_seconds: number;
  closed_at: number | null;
  ending: string | null;
  outcome: Both | null;
  score: number | null;
}

export type Counted = "working" | "ready" | "failed";
export interface ReportAnswer {
  state: Counted;
  done_ratio: number;
  report: DayReport | null;
}
export interface ContactsAnswer {
  state: Counted;
  done_ratio: number;
  contacts: ReportContact[];
  total: number;
}
export interface ExportState {
  state: Counted;
  done_ratio: number;
  rows: number;
}
