/** The language of the interface: remembered, shown on `html`, separate from the customer's. */
import { effect, signal } from "@preact/signals";
import type { Both, Lang } from "../contract.ts";
import { recall, remember } from "../lib/memory.ts";

const KEY = "console.lang";

function firstLang(): Lang {
  const kept = recall(KEY);
  if (kept === "en" || kept === "zh") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const lang = signal<Lang>(firstLang());

effect(() => {
  document.documentElement.lang = htmlLang(lang.value);
});

/** The value of a `lang` attribute for a text in this language. */
export function htmlLang(of: Lang): string {
  return of === "zh" ? "zh-Hans" : "en";
}

export function setLang(to: Lang): void {
  lang.value = to;
  remember(KEY, to);
}

/** The text of a bilingual pair in the language of the interface. */
export function both(text: Both): string {
  return text[lang.value] || text.en;
}
