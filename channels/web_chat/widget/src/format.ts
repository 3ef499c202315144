/** How times, sizes, names and texts are shown; all pure. */

import type { Both, Lang, Message } from "./frames.ts";
import { isTextKey, text } from "./texts.ts";

const written = (lang: Lang, at: number, form: Intl.DateTimeFormatOptions): string =>
  new Date(at * 1000).toLocaleString(lang === "zh" ? lang : "en-GB", form);

/** The time alone when it is today, else with the day; `now` in epoch seconds. */
export function moment(lang: Lang, at: number, now: number): string {
  const isToday = new Date(at * 1000).toDateString() === new Date(now * 1000).toDateString();
  const time = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
  return written(lang, at, isToday ? time : { ...time, month: "short", day: "numeric" });
}

export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1024)} KB` : `${+(bytes / 1024 / 1024).toFixed(1)} MB`;

export function estimate(lang: Lang, seconds: number | null): string {
  return seconds === null ? "" : text(lang, "minutes", { n: Math.ceil(seconds / 60) || 1 });
}

/** Chinese: the first character; else the first letters of first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

export const nameOf = (name: Both | null | undefined, lang: Lang): string =>
  name?.[lang] || name?.en || "";

export interface Piece {
  text: string;
  href?: string;
}

/** A text cut at its links; only https addresses without credentials become links. */
export function pieces(whole: string): Piece[] {
  const found: Piece[] = [];
  for (const text of whole.split(
    /(https:\/\/[^\s<>"'“”，。、；：！？（）【】《》]+(?<![.,;:!?)\]]))/i,
  )) {
    const url = /^https:/i.test(text) && URL.canParse(text) ? new URL(text) : null;
    if (text)
      found.push(url && !url.username && !url.password ? { text, href: url.href } : { text });
  }
  return found;
}

/** An event line in the page's language; empty when it says nothing to the customer. */
export function eventLine(message: Message, lang: Lang, now: number): string {
  const { event = "", data = {}, at, text: said } = message;
  const key = `e_${event}`.replace("supervisor", "agent");
  // What it names: a person, or what ended by its reference.
  const name = String(data[`name_${lang}`] ?? data.name_en ?? data.reference);
  return isTextKey(key) ? text(lang, key, { name, time: moment(lang, at, now) }) : said;
}
