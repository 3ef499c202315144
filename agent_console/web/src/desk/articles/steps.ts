/** The steps of an article as a list that an agent works through, for one contact. */
import { signal } from "@preact/signals";
import type { CaseLine, CaseView } from "../../contract.ts";
import { http } from "../../lib/http.ts";
import { feed } from "../model/store.ts";
import type { Article } from "./model.ts";

/** By contact and article: which steps are done. It ends with the page; what counts is saved. */
export const ticked = signal<Readonly<Record<string, readonly number[]>>>({});

export const keyOf = (contactId: string, article: Article): string =>
  `${contactId}/${article.slug}/${article.language}/${article.version}`;

/** The steps of the first numbered list, as words; none where the article has no list. */
export function stepsOf(html: string): string[] {
  const list = new DOMParser().parseFromString(html, "text/html").querySelector("ol");
  const items = list ? [...list.children] : [];
  return items.map((item) => item.textContent?.trim().replace(/\s+/g, " ") ?? "");
}

export function tick(key: string, step: number, on: boolean): void {
  const before = ticked.value[key] ?? [];
  const others = before.filter((one) => one !== step);
  ticked.value = { ...ticked.value, [key]: on ? [...others, step] : others };
}

/** As it stands in the case's story: each step with its mark. */
export function told(article: Article, steps: readonly string[], done: readonly number[]): string {
  const lines = steps.map((step, at) => `${done.includes(at) ? "[x]" : "[ ]"} ${step}`);
  return [`${article.title} (${article.slug}, ${article.version})`, ...lines].join("\n");
}

/** Write it into the case's story; false when the hub refused. */
export async function save(line: CaseLine, words: string): Promise<boolean> {
  const path = `/api/cases/${encodeURIComponent(line.id)}`;
  const read = await http<{ case: CaseView }>("GET", path);
  const answer = await feed.send("update_case", {
    case_id: line.id,
    seen_version: read.case.version,
    words: words.slice(0, WORDS_MOST),
  });
  return answer.ok;
}

const WORDS_MOST = 4_000;
