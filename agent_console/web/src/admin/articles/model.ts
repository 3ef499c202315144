/** Articles at the authors' desk: the list, the one that is open, and what is done with it. */
import { computed, signal } from "@preact/signals";
import type { Both, Lang } from "../../contract.ts";
import { http } from "../../lib/http.ts";

/** The twins of these are in `agent_console/http/articles.py`. */
export type State = "draft" | "review" | "scheduled" | "published" | "replaced" | "retired";
export type Audience = "public" | "customers" | "agents" | "team";

export interface Row {
  slug: string;
  language: Lang;
  number: number;
  version_in_force: number;
  state: State;
  saved_at: number;
  saved_by: string;
  title: string;
  category: string;
  audience: Audience;
  team: string;
  owner: string;
  reviewed: string;
  helped: number;
  not_helped: number;
  /** The twin in the other language has changed since. */
  is_stale: boolean;
}
export interface Correction {
  id: string;
  slug: string;
  language: Lang;
  words: string;
  proposed_by: Both | null;
  proposed_at: number;
}
export interface Miss {
  words: string;
  language: Lang;
  times: number;
  last_at: number;
}
export interface Document {
  title: string;
  body: string;
  category: string;
  audience: Audience;
  /** Whose alone it is, of the audience "team". */
  team: string;
  tags: string[];
  products: string[];
  questions: string[];
  owner: string;
  reviewed: string;
  valid_from_at: number | null;
  valid_until_at: number | null;
}
export interface Version {
  number: number;
  state: State;
  revision: number;
  saved_at: number;
  /** Null: the operator's file. */
  saved_by: Both | null;
  published_at: number | null;
  published_by: Both | null;
  why: string;
  /** Whether the viewer wrote it or handed it in, and so may not publish it. */
  mine: boolean;
}
export interface Open {
  slug: string;
  language: Lang;
  document: Document;
  html: string;
  versions: Version[];
  twin: boolean;
  is_stale: boolean;
}

export const listed = signal<{
  articles: Row[];
  misses: Miss[];
  corrections: Correction[];
  /** Those that an article may be for. */
  teams: string[];
} | null>(null);
export const failed = signal(false);
export const words = signal("");
export const shownState = signal<"all" | "open" | "published" | "retired">("all");
export const opened = signal<Open | null>(null);
/** What is being written; it is kept until it is saved or the article is closed. */
export const writing = signal<Document | null>(null);
export const html = signal("");

const EMPTY: Document = {
  title: "",
  body: "",
  category: "",
  audience: "public",
  team: "",
  tags: [],
  products: [],
  questions: [],
  owner: "",
  reviewed: "",
  valid_from_at: null,
  valid_until_at: null,
};

export const shown = computed(() => {
  const wanted = words.value.trim().toLowerCase();
  return (listed.value?.articles ?? []).filter(
    (one) =>
      fits(one.state, shownState.value) &&
      `${one.slug} ${one.title} ${one.category} ${one.owner}`.toLowerCase().includes(wanted),
  );
});

function fits(state: State, wanted: typeof shownState.value): boolean {
  if (wanted === "open") return state === "draft" || state === "review";
  return wanted === "all" || wanted === state;
}

/** The version that is being changed; undefined while none is. */
export const openVersion = computed(() =>
  opened.value?.versions.find(({ state }) => state === "draft" || state === "review"),
);
export const inForce = computed(() =>
  opened.value?.versions.find(({ state }) => state === "published"),
);
export const isChanged = computed(
  () => JSON.stringify(writing.value) !== JSON.stringify(opened.value?.document),
);

export async function load(): Promise<void> {
  failed.value = false;
  try {
    listed.value = await http("GET", "/api/article-desk");
  } catch {
    failed.value = true;
  }
}

export const pathOf = (one: Open): string => address(one.slug, one.language);

const address = (slug: string, language: Lang): string =>
  `/api/article-desk/${encodeURIComponent(slug)}/${language}`;

export async function open(slug: string, language: Lang): Promise<void> {
  show(await http<Open>("GET", address(slug, language)));
}

function show(article: Open): void {
  opened.value = article;
  writing.value = article.document;
  html.value = article.html;
}

/** Begin an article that nobody has written yet. */
export function begin(slug: string, language: Lang, like?: Document): void {
  const document = like ? { ...like, title: "", body: "", questions: [] } : EMPTY;
  const twin = like !== undefined;
  show({ slug, language, document: EMPTY, html: "", versions: [], twin, is_stale: false });
  writing.value = document;
}

/** What an earlier version of the open article said. */
export async function versionText(number: number): Promise<Document> {
  const one = opened.value!;
  const path = `${address(one.slug, one.language)}/versions/${number}`;
  return (await http<{ document: Document }>("GET", path)).document;
}

export const twinOf = async (one: Open): Promise<Open> =>
  await http<Open>("GET", address(one.slug, one.language === "en" ? "zh" : "en"));

export async function decide(one: Correction, take: boolean, answer: string): Promise<void> {
  await http("POST", `/api/corrections/${encodeURIComponent(one.id)}/decide`, { take, answer });
  await load();
}

export function close(): void {
  opened.value = null;
  writing.value = null;
  void load();
}

export const write = (over: Partial<Document>): void => {
  if (writing.value) writing.value = { ...writing.value, ...over };
};

export async function preview(): Promise<void> {
  const body = writing.value?.body ?? "";
  const answer = await http<{ html: string }>("POST", "/api/article-desk/preview", {
    body,
    language: opened.value?.language ?? "en",
  });
  if (writing.value?.body === body) html.value = answer.html;
}

/** Without the empty lines that somebody leaves while typing a list. */
function tidy(one: Document): Document {
  const full = (list: readonly string[]): string[] => list.map((x) => x.trim()).filter(Boolean);
  return {
    ...one,
    team: one.audience === "team" ? one.team : "",
    tags: full(one.tags),
    products: full(one.products),
    questions: full(one.questions),
  };
}

type Act = "save" | "submit" | "send-back" | "publish" | "retire";

/** Do one thing with the open article, then read it again. */
export async function act(what: Act, why = "", moved_to = ""): Promise<void> {
  const one = opened.value;
  if (!one) return;
  const seen = openVersion.value?.revision ?? 0;
  const body =
    what === "save"
      ? { document: writing.value && tidy(writing.value), seen }
      : what === "submit"
        ? { seen }
        : what === "retire"
          ? { why, moved_to }
          : { seen, why };
  await http("POST", `${address(one.slug, one.language)}/${what}`, body);
  await open(one.slug, one.language);
}
