/** The survey in the chat: stars, what was good, a word. */

import type { Spec } from "../view/render.ts";
import type { Kit, Rating } from "./kit.ts";
import { words, type LaterKey } from "./texts.ts";

const SCORES = [1, 2, 3, 4, 5];
const TAGS = ["solved", "fast", "friendly", "clear"] as const;

/** What is chosen and not sent, of one survey. */
let chosen = { survey: "", score: 0, tags: [] as string[] };

export function rating(kit: Kit, { survey, isConnected, send, skip }: Rating): Spec {
  const { h, button, lang } = kit;
  if (chosen.survey !== survey) chosen = { survey, score: 0, tags: [] };
  const { score, tags } = chosen;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { value } = (event.target as HTMLFormElement).querySelector("textarea")!;
    send(score, [...tags], value.trim());
  };
  return h(
    "form.card.centre.rating",
    { key: survey, submit },
    h("h3", {}, words(lang, "rate")),
    h(
      "div.stars",
      { role: "radiogroup", "aria-label": words(lang, "rate") },
      ...SCORES.map((one) => star(one, kit)),
    ),
    h("p.word", { "aria-live": "polite" }, score ? words(lang, `score_${score}` as LaterKey) : ""),
    h("div.chips", {}, ...TAGS.map((tag) => tagOf(tag, kit))),
    h("label", {}, words(lang, "comment"), h("textarea", { rows: 2, maxlength: 1000 })),
    h("button.btn.main.wide", { disabled: !score || !isConnected }, words(lang, "submit")),
    button(".btn.quiet.wide", skip, words(lang, "skip")),
  );
}

function choose(kit: Kit, news: Partial<typeof chosen>): void {
  chosen = { ...chosen, ...news };
  kit.draw();
}

function star(score: number, kit: Kit): Spec {
  const { h, icon, lang } = kit;
  const input = h("input", {
    type: "radio",
    name: "score",
    change: () => choose(kit, { score }),
    "aria-label": words(lang, "star", score),
  });
  return h(`label${score <= chosen.score ? ".on" : ""}`, {}, input, icon("star"));
}

function tagOf(tag: (typeof TAGS)[number], kit: Kit): Spec {
  const { h, icon, lang } = kit;
  const isOn = chosen.tags.includes(tag);
  const tags = isOn ? chosen.tags.filter((other) => other !== tag) : [...chosen.tags, tag];
  return h(
    "button.chip",
    { type: "button", "aria-pressed": String(isOn), click: () => choose(kit, { tags }) },
    isOn && icon("check"),
    words(lang, tag),
  );
}
