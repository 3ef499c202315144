/** Say a refusal of the hub in the reader's words. */
import { HttpProblem } from "../../lib/http.ts";
import { toast } from "../../ui/index.ts";
import { t } from "./texts.ts";

const WORDS = {
  bad_login: "bad_login",
  login_taken: "login_taken",
  no_role: "no_role",
  bad_name: "bad_name",
  bad_team: "bad_team",
  unknown_skill: "unknown_skill",
  unknown_queue: "unknown_queue",
  unknown_role: "unknown_role",
  bad_level: "bad_level",
  bad_capacity: "bad_capacity",
  last_administrator: "last_administrator",
  yourself: "yourself",
  no_second_factor: "no_second_factor",
  has_second_factor: "has_second_factor",
  second_factor_needed: "second_factor_needed",
  wrong_code: "wrong_code",
  wrong_password: "wrong_password",
  same_password: "same_password",
  bad_password: "bad_password",
  code_again: "code_missing",
  too_many_sign_ins: "too_many",
  encoding: "encoding",
  missing_column: "missing_column",
  unknown_column: "unknown_column",
  column_twice: "column_twice",
  too_many_rows: "too_many_rows",
  too_large: "too_many_rows",
  bad_csv: "bad_csv",
  login_twice: "login_twice",
  formula: "formula",
  long_cell: "long_cell",
  bad_widget_key: "bad_widget_key",
  draft_changed: "draft_changed",
  published_meanwhile: "published_meanwhile",
  flow_problems: "flow_problems",
  same_person: "same_person",
  not_handed_in: "not_handed_in",
  name_taken: "name_taken",
  was_published: "was_published",
  too_many_drafts: "too_many_drafts",
  in_force: "version_in_force",
  no_version: "no_version",
  account_paused: "account_paused",
  not_trained: "not_trained",
  training_already: "training_already",
  not_ready: "not_ready",
  kept_apart: "kept_apart",
  two_intents: "two_intents",
  unknown_intent: "unknown_intent",
  bad_sentence: "bad_sentence",
} as const;

export function wordsOf(code: string): string {
  return t(WORDS[code as keyof typeof WORDS] ?? "failed_other");
}

export function sayProblem(problem: unknown): void {
  const text = problem instanceof HttpProblem ? wordsOf(problem.code) : t("failed_offline");
  toast({ tone: "bad", title: t("failed"), text });
}
