/** How long a matter waits, in words; never more exact than it is known. */
import type { Wait } from "./call.ts";
import type { Lang } from "./frames.ts";
import { say } from "./texts.ts";

const SOON_SECONDS = 60;

export function waitWords(one: Wait, lang: Lang): string {
  if (!one.is_open) return closedWords(one.opens_at, lang);
  if (!one.is_staffed) return say(lang, "nobody");
  if (one.wait_seconds === null) return say(lang, "open_now");
  return minutes(one.wait_seconds, lang);
}

/** The same as part of the button; empty where nobody can tell. */
export function waitOnButton(one: Wait | undefined, lang: Lang): string {
  if (!one?.is_open || !one.is_staffed || one.wait_seconds === null) return "";
  const wait = minutes(one.wait_seconds, lang);
  return say(lang, "call_wait").replace("{wait}", lang === "en" ? wait.toLowerCase() : wait);
}

const minutes = (seconds: number, lang: Lang): string =>
  seconds < SOON_SECONDS
    ? say(lang, "under_minute")
    : say(lang, "about_minutes").replace("{n}", String(Math.ceil(seconds / 60)));

/** In the caller's own time: it is they who look at a clock. */
function closedWords(opensAt: number | null, lang: Lang): string {
  if (opensAt === null) return say(lang, "closed");
  const when = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return say(lang, "opens").replace("{when}", when.format(opensAt * 1000));
}
