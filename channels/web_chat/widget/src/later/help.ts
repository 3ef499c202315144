/** Articles in the chat: search, read, say whether it helped, talk to us. */

import type { Lang } from "../frames.ts";
import type { Spec } from "../view/render.ts";
import { made, type Block } from "./article.ts";
import type { Help, Kit } from "./kit.ts";
import { words, type LaterKey } from "./texts.ts";

interface Hit {
  slug: string;
  language: Lang;
  title: string;
  passage: [text: string, isHit: boolean][];
}

interface Article {
  slug: string;
  language: Lang;
  title: string;
  blocks: Block[];
}

type Answer<T> = T | "searching" | "no_answer" | "too_fast" | "gone";

let typed = "";
let hits: Answer<{ hits: Hit[] }> | null = null;
let article: Answer<Article> | null = null;
let verdict: LaterKey | "" = "";
/** The last answer that was waited for: one that is overtaken is dropped. */
let asked = 0;
let before = "";
const read = new Set<string>();

export function help(kit: Kit, { wanted, talk }: Help): Spec {
  const { h, button, lang } = kit;
  if (wanted !== before) {
    before = wanted;
    const [slug, language] = wanted.split("/");
    article = null;
    if (slug && language) void open(kit, slug, language);
  }
  const shown = article === null ? searchOf(kit) : articleOf(kit, article);
  const toTalk = button(".btn.main.wide", () => talk([...read]), words(lang, "talk"));
  return h("div.help", { tabindex: 0, key: "help" }, shown, toTalk);
}

function searchOf(kit: Kit): Spec {
  const { h, lang } = kit;
  const input = ({ target }: { target: HTMLInputElement }): void => {
    typed = target.value;
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void search(kit);
  };
  return h(
    "div",
    { key: "search" },
    h("p", {}, words(lang, "lead")),
    h(
      "form.find",
      { role: "search", submit },
      h("input", {
        type: "search",
        maxlength: 400,
        autocomplete: "off",
        "aria-label": words(lang, "search"),
        placeholder: words(lang, "hint"),
        input,
      }),
      h("button.btn", {}, words(lang, "find")),
    ),
    h("div", { role: "status" }, hits && headline(kit)),
    hits && typeof hits !== "string" && h("ul", {}, ...hits.hits.map((hit) => hitOf(kit, hit))),
  );
}

function headline({ lang }: Kit): string {
  if (!hits || typeof hits === "string") return words(lang, hits || "searching");
  return hits.hits.length ? words(lang, "found", hits.hits.length) : words(lang, "nothing");
}

function hitOf(kit: Kit, hit: Hit): Spec {
  const { h, button, lang } = kit;
  const passage = hit.passage.map(([text, isHit]) => (isHit ? h("mark", {}, text) : text));
  return h(
    "li",
    { key: hit.slug, lang: hit.language === lang ? null : hit.language },
    button(".hit", () => void open(kit, hit.slug, hit.language), h("b", {}, hit.title)),
    h("p", {}, ...passage),
  );
}

function articleOf(kit: Kit, now: Answer<Article>): Spec {
  const { h, button, lang } = kit;
  const leave = (): void => {
    article = null;
    kit.draw();
  };
  const back = button(".btn.quiet", leave, words(lang, "results"));
  if (typeof now === "string")
    return h("div", { key: "article" }, back, h("p", { role: "status" }, words(lang, now)));
  return h(
    "article",
    { key: now.slug, lang: now.language },
    back,
    h("h3", { tabindex: -1 }, now.title),
    ...made(kit, now.blocks),
    verdictOf(kit, now),
  );
}

function verdictOf(kit: Kit, now: Article): Spec {
  const { h, button, lang } = kit;
  const say = (helped: boolean): void => {
    verdict = helped ? "thanks_yes" : "thanks_no";
    kit.draw();
    ask(kit, `/${now.slug}/${now.language}/verdict`, { helped }).catch((problem: Error) => {
      verdict = problem.message as LaterKey;
      kit.draw();
    });
  };
  return h(
    "div.card.centre",
    { key: "verdict", role: "status" },
    verdict ? words(lang, verdict) : h("b", {}, words(lang, "helped")),
    !verdict &&
      h(
        "div.line",
        {},
        button(".btn.wide", () => say(true), words(lang, "yes")),
        button(".btn.wide", () => say(false), words(lang, "no")),
      ),
  );
}

async function search(kit: Kit): Promise<void> {
  const mine = ++asked;
  const said = typed.trim();
  hits = said ? "searching" : null;
  kit.draw();
  if (!said) return;
  const found = await ask<{ hits: Hit[] }>(kit, "/search", {
    words: said,
    language: kit.lang,
  }).catch((problem: Error) => problem.message as "no_answer");
  if (mine !== asked) return;
  hits = found;
  kit.draw();
}

async function open(kit: Kit, slug: string, language: string): Promise<void> {
  const mine = ++asked;
  article = "searching";
  verdict = "";
  kit.draw();
  const found = await ask<Article>(kit, `/${slug}/${language}`).catch(
    (problem: Error) => problem.message as "no_answer",
  );
  if (mine !== asked) return;
  article = found;
  if (typeof found !== "string") read.add(found.slug);
  kit.draw();
}

/** Words go in a body, never in an address. */
async function ask<T>({ hub }: Kit, path: string, body?: object): Promise<T> {
  const sent = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`${hub}/chat/articles${path}`, sent).catch(() => null);
  if (answer?.ok) return (await answer.json()) as T;
  throw new Error(
    answer?.status === 404 ? "gone" : answer?.status === 429 ? "too_fast" : "no_answer",
  );
}
