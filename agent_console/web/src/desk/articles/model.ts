/** Articles for the chosen contact: for the customer's last words, or for words of the agent. */
import { computed, signal } from "@preact/signals";
import type { ContactView, Lang } from "../../contract.ts";
import { http } from "../../lib/http.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { chosen, messagesOf } from "../model/store.ts";

/** The twins of these are in `agent_console/http/articles.py`. */
export type Audience = "public" | "customers" | "agents" | "team";

export interface Hit {
  slug: string;
  language: Lang;
  title: string;
  category: string;
  passage: Array<{ text: string; is_hit: boolean }>;
  audience: Audience;
  for_customers: boolean;
}
export interface Article {
  slug: string;
  language: Lang;
  title: string;
  version: number;
  /** Whose alone it is; empty: of all staff. */
  team: string;
  tags: string[];
  products: string[];
  html: string;
  /** Null: internal, so that none of it reaches a customer. */
  text: string | null;
  /** Path of its public page; null where it has none. */
  link: string | null;
  /** What does not work now and concerns it. */
  disturbances: string[];
}
export interface Correction {
  id: string;
  slug: string;
  language: Lang;
  words: string;
  proposed_at: number;
  state: "open" | "taken" | "refused";
  answer: string;
}
export type Found = readonly Hit[] | "loading" | "failed";

export const WORDS_MOST = 400;
/** What the agent looks for; empty: what the customer said last. */
export const words = signal("");
/** For whom what is found is written; null: whatever the agent may read. */
export const wantedAudience = signal<Audience | null>(null);
/** Null: of typed words both languages, of a customer's words his own. */
export const wantedLanguage = signal<Lang | null>(null);
export const found = signal<Found>([]);
export const read = signal<Article | null>(null);

/** What the customer of the chosen contact said last, newest first. */
export const lastWords = computed(() => {
  const one = chosen.value;
  if (!one) return "";
  const said = messagesOf(one).findLast((m) => m.speaker === "customer" && m.text.trim());
  return said?.text.slice(0, WORDS_MOST) ?? "";
});

let asked = 0;

/** Look again; an answer that a later question has overtaken is dropped. */
export async function look(language: Lang): Promise<void> {
  const mine = ++asked;
  const typed = words.value.trim();
  const said = typed || lastWords.value;
  if (!said) {
    found.value = [];
    return;
  }
  found.value = "loading";
  // An agent reads both languages; a customer is answered in his own.
  const spoken = wantedLanguage.value ?? (typed ? null : language);
  const body = {
    words: said.slice(0, WORDS_MOST),
    ...(spoken && { language: spoken }),
    ...(wantedAudience.value && { audience: wantedAudience.value }),
  };
  const hits = await http<{ hits: Hit[] }>("POST", "/api/articles/search", body).then(
    (answer) => answer.hits,
    () => "failed" as const,
  );
  if (mine === asked) found.value = hits;
}

export const open = async (hit: Hit): Promise<Article> =>
  await http<Article>("GET", `/api/articles/${encodeURIComponent(hit.slug)}/${hit.language}`);

/** What this agent said is wrong, the newest first. */
export const corrections = signal<readonly Correction[]>([]);

export async function loadCorrections(): Promise<void> {
  const found = await http<{ corrections: Correction[] }>("GET", "/api/corrections");
  corrections.value = found.corrections;
}

export async function say(article: Article, what: string): Promise<void> {
  const of = `${encodeURIComponent(article.slug)}/${article.language}`;
  await http("POST", `/api/articles/${of}/correction`, { words: what });
  await loadCorrections();
}

export const mayReply = (contact: ContactView): boolean =>
  contact.my_role !== "watching" && contact.channel !== "task";

/** Put words at the end of the reply that is being written; nothing is sent. */
export function insert(contact: ContactView, addition: string): void {
  const before = draftOf(contact.id).reply.trimEnd();
  draft(contact.id, { mode: "reply", reply: before ? `${before}\n${addition}` : addition });
}
