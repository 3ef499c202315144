/** The survey in the chat: stars, what was good, a word. */

import type { TextKey } from "../texts.ts";
import { button, h, icon, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

const SCORES = [1, 2, 3, 4, 5];
const TAGS = ["solved", "fast", "friendly", "clear"] as const;

export function ratingOf(shown: Shown): Spec | false {
  const { chat, t, ui } = shown;
  const { phase } = chat.state;
  if (phase.phase !== "rate" || chat.isRated) return false;
  const { survey } = phase;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { value } = (event.target as HTMLFormElement).querySelector("textarea")!;
    void chat.rate(survey, ui.score, [...ui.tags], value.trim());
  };
  return h(
    "form.card.centre.rating",
    { key: survey, submit },
    h("h3", {}, t("rate")),
    h(
      "div.stars",
      { role: "radiogroup", "aria-label": t("rate") },
      ...SCORES.map((score) => star(score, shown)),
    ),
    h("p.word", { "aria-live": "polite" }, ui.score ? t(`score_${ui.score}` as TextKey) : ""),
    h("div.chips", {}, ...TAGS.map((tag) => tagOf(tag, shown))),
    h("label", {}, t("comment"), h("textarea", { rows: 2, maxlength: 1000 })),
    h("button.btn.main.wide", { disabled: !ui.score || !chat.isLive }, t("submit")),
    button(".btn.quiet.wide", () => chat.skip(survey), t("skip")),
  );
}

function star(score: number, { t, ui, set }: Shown): Spec {
  const change = (): void => set({ score });
  const input = h("input", {
    type: "radio",
    name: "score",
    change,
    "aria-label": t("star", { n: score }),
  });
  return h(`label${score <= ui.score ? ".on" : ""}`, {}, input, icon("star"));
}

function tagOf(tag: (typeof TAGS)[number], { t, ui, set }: Shown): Spec {
  const isOn = ui.tags.includes(tag);
  const click = (): void =>
    set({ tags: isOn ? ui.tags.filter((other) => other !== tag) : [...ui.tags, tag] });
  return h(
    "button.chip",
    { type: "button", "aria-pressed": String(isOn), click },
    isOn && icon("check"),
    t(tag),
  );
}
