/** What every part of the page shares: the call, the language, the choices of this browser. */
import { computed, signal } from "@preact/signals";
import { newId, type Call, type Facts } from "./call.ts";
import type { Lang } from "./frames.ts";
import { say, type Text } from "./texts.ts";

const VISITOR = "bank-call:visitor";
const LANG = "bank-call:lang";

export const lang = signal<Lang>(firstLang());
export const t = (key: Text): string => say(lang.value, key);
export const facts = signal<Facts>({
  number: "",
  may_name_number: false,
  callback_key: "",
  waits: [],
});
export const topic = signal<"cards" | "payments" | "loans" | "other">("cards");
export const from = signal("");
export const microphone = signal("");
export const volume = signal(1);
export const isPadOpen = signal(false);
export const areCaptionsOn = signal(true);
export const now = signal(Date.now());
export const isSignedIn = signal(false);

export const timer = (call: Call): string => {
  const began = call.since.value;
  const seconds = began ? Math.max(0, Math.floor((now.value - began) / 1000)) : 0;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

export const direction = computed(() => (lang.value === "zh" ? "zh-Hans" : "en"));

export function setLang(next: Lang): void {
  lang.value = next;
  document.documentElement.lang = direction.value;
  document.title = `${say(next, "title")} · ${say(next, "bank")}`;
  localStorage.setItem(LANG, next);
}

/** The Address of a guest: this browser, and nobody's name. */
export function visitor(): string {
  const known = localStorage.getItem(VISITOR);
  if (known) return known;
  const made = newId();
  localStorage.setItem(VISITOR, made);
  return made;
}

function firstLang(): Lang {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(LANG);
  return (asked ?? navigator.language).toLowerCase().startsWith("zh") ? "zh" : "en";
}
