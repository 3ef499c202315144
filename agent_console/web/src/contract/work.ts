/** Tasks and cases. */
import type { Both } from "./words.ts";

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
  is_closed: boolean; // a colleague's: supervisors alone see what it says
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
  what: string; // opened | noted | staged | due_set | owned | filed | resolved | reopened
  data: Record<string, unknown>;
  words: string;
  href?: string; // of the file that was saved; its name is in words
}
