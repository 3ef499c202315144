/** The survey of one contact: what is asked, what is answered, what can go wrong. */
import { signal } from "@preact/signals";
import type { Both, Lang } from "../contract.ts";
import { lang } from "../i18n/index.ts";
import { http, HttpProblem } from "../lib/http.ts";

/** `GET /api/survey/{token}`; the twin is `agent_console/http/survey.py`. */
export interface SurveyView {
  state: "open" | "answered" | "expired";
  language: Lang;
  channel: string;
  queue: Both | null;
  agent: Both | null;
  tags: string[];
  wishes: Wish[];
}

export type Wish = "never_again" | "call_me";

export interface Answer {
  score: number;
  tags: string[];
  comment: string;
  wishes: Wish[];
}

export type Page =
  | { at: "loading" }
  | { at: "form"; survey: SurveyView }
  | { at: "thanks"; score: number }
  | { at: "answered" | "expired" | "not_found" | "offline" };

/** What stopped the answer while the form stays as it is. */
export type Trouble = "offline" | "refused" | null;

export const page = signal<Page>({ at: "loading" });
export const trouble = signal<Trouble>(null);
export const sending = signal(false);

export const COMMENT_MAX = 1000;

/** The signed token is the last part of the address. */
export const tokenOf = (path: string): string => path.split("/").findLast(Boolean) ?? "";

const address = (): string => `/api/survey/${tokenOf(location.pathname)}`;

/** Where a refusal leads; null when the form may be sent again. */
export function pageOf(problem: unknown): "answered" | "expired" | "not_found" | null {
  if (!(problem instanceof HttpProblem)) return null;
  if (problem.code === "survey_answered") return "answered";
  if (problem.status === 410) return "expired";
  return problem.status === 404 ? "not_found" : null;
}

export async function load(): Promise<void> {
  page.value = { at: "loading" };
  try {
    const survey = await http<SurveyView>("GET", address());
    lang.value = survey.language;
    page.value = survey.state === "open" ? { at: "form", survey } : { at: survey.state };
  } catch (problem) {
    page.value = { at: pageOf(problem) ?? "offline" };
  }
}

/** Send the one answer. What was chosen stays on the page when it does not arrive. */
export async function send(answer: Answer): Promise<void> {
  if (sending.value) return;
  sending.value = true;
  trouble.value = null;
  try {
    await http("POST", address(), answer);
    page.value = { at: "thanks", score: answer.score };
  } catch (problem) {
    const to = pageOf(problem);
    if (to) page.value = { at: to };
    else trouble.value = problem instanceof HttpProblem ? "refused" : "offline";
  } finally {
    sending.value = false;
  }
}
