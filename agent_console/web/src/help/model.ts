/** What the help centre shows. Words are sent in a body: people search for names and numbers. */
import { signal } from "@preact/signals";
import type { Lang } from "../contract.ts";
import { lang } from "../i18n/index.ts";
import { http, HttpProblem } from "../lib/http.ts";

/** The twins of these are in `agent_console/http/help.py`. */
export interface Piece {
  text: string;
  is_hit: boolean;
}
export interface Hit {
  slug: string;
  language: Lang;
  title: string;
  category: string;
  passage: Piece[];
}
export interface Hits {
  total: number;
  hits: Hit[];
}
export interface Titled {
  slug: string;
  title: string;
}
export interface Category {
  name: string;
  articles: Titled[];
}
export interface ArticlePage extends Titled {
  language: Lang;
  category: string;
  /** Cleaned by the server: no script, style, frame or image is in it. */
  html: string;
  reviewed: string;
  twin: boolean;
  related: Titled[];
  disturbances: Disturbance[];
}
export interface Disturbance {
  text: string;
  until_at: number;
}

export type Trouble = "no_answer" | "not_found" | "too_fast";
export type Answer<T> = T | "loading" | Trouble;

export const topics = signal<Answer<Category[]>>("loading");
/** What does not work now, for every reader. */
export const disturbances = signal<Disturbance[]>([]);
export const article = signal<Answer<ArticlePage>>("loading");
/** Null: nothing is being looked for. */
export const hits = signal<Answer<Hits> | null>(null);

/** `/help/SLUG`; an empty slug is the front page. */
export const slugOf = (path: string): string => path.split("/")[2] ?? "";

export const pathOf = (slug: string): string => `/help/${slug}?language=${lang.value}`;

/** The address may say which language a link was given in; the reader's choice stays otherwise. */
export function learnLanguage(search: string): void {
  const asked = new URLSearchParams(search).get("language");
  if (asked === "en" || asked === "zh") lang.value = asked;
}

export function troubleOf(problem: unknown): Trouble {
  if (!(problem instanceof HttpProblem)) return "no_answer";
  if (problem.status === 404) return "not_found";
  return problem.status === 429 ? "too_fast" : "no_answer";
}

export async function loadTopics(): Promise<void> {
  const language = lang.value;
  topics.value = "loading";
  const address = `/api/help/articles?language=${language}`;
  const found = await http<{ categories: Category[]; disturbances: Disturbance[] }>(
    "GET",
    address,
  ).catch(troubleOf);
  if (language !== lang.value) return;
  topics.value = typeof found === "string" ? found : found.categories;
  disturbances.value = typeof found === "string" ? [] : found.disturbances;
}

export async function loadArticle(slug: string): Promise<void> {
  const language = lang.value;
  article.value = "loading";
  const address = `/api/help/articles/${encodeURIComponent(slug)}?language=${language}`;
  const found = await http<ArticlePage>("GET", address).catch(troubleOf);
  if (language === lang.value) article.value = found;
}

let asked = 0;

/** Search; an answer that a later question has overtaken is dropped. */
export async function search(words: string): Promise<void> {
  const mine = ++asked;
  if (!words.trim()) {
    hits.value = null;
    return;
  }
  hits.value = "loading";
  const body = { words: words.trim().slice(0, 400), language: lang.value };
  const found = await http<Hits>("POST", "/api/help/search", body).catch(troubleOf);
  if (mine === asked) hits.value = found;
}

export async function judge(of: ArticlePage, helped: boolean): Promise<void> {
  const address = `/api/help/articles/${encodeURIComponent(of.slug)}/verdict`;
  await http("POST", address, { language: of.language, helped });
}
