/** Say a refusal of the hub in the author's words. */
import { HttpProblem } from "../../lib/http.ts";
import { toast } from "../../ui/index.ts";
import { t } from "./texts.ts";

const WORDS = {
  bad_article: "bad_article",
  invalid: "bad_article",
  draft_changed: "draft_changed",
  held_by_other: "held_by_other",
  published_meanwhile: "draft_changed",
  same_person: "same_person",
  not_in_force: "not_in_force",
  bad_redirect: "bad_redirect",
  unknown_value: "unknown_value",
  decided_meanwhile: "draft_changed",
  bad_value: "bad_value",
  bad_time: "bad_time",
  bad_articles: "bad_articles",
  both_languages: "must_be_filled",
  holds_already: "holds_already",
  value_changed: "draft_changed",
} as const;

export function sayRefusal(problem: unknown): void {
  const code = problem instanceof HttpProblem ? problem.code : "";
  const text = problem instanceof HttpProblem ? refusal(code) : t("no_answer_why");
  toast({ tone: "bad", title: t("failed"), text });
}

const refusal = (code: string): string => t(WORDS[code as keyof typeof WORDS] ?? "failed_other");
