/** Times, spans, numbers and money as the reader writes them. Times in are UTC epoch seconds. */
import { signal } from "@preact/signals";
import type { Lang } from "../contract.ts";
import { lang } from "./lang.ts";

/** The bank's zone, from the set-up of the feed. */
export const timeZone = signal<string>("UTC");

const LOCALE: Record<Lang, string> = { en: "en-GB", zh: "zh-CN" };
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang.value} ${timeZone.value} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE[lang.value], { ...options, timeZone: timeZone.value });
    formats.set(key, format);
  }
  return format;
}

/** "14:05" */
export const clockTime = (at: number): string =>
  dateFormat({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at * 1000);

/** "12 May" */
export const shortDay = (at: number): string =>
  dateFormat({ day: "numeric", month: "short" }).format(at * 1000);

/** "May 2026" */
export const monthOf = (at: number): string =>
  dateFormat({ month: "short", year: "numeric" }).format(at * 1000);

/** "Tuesday, 12 May 2026" */
export const longDay = (at: number): string =>
  dateFormat({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at * 1000);

/** "12 May 2026, 14:05": for titles and hover. */
export const exactTime = (at: number): string =>
  dateFormat({ dateStyle: "medium", timeStyle: "short" }).format(at * 1000);

/** A name of the day in the bank's zone, to compare two times by day. */
export const dayKey = (at: number): string =>
  dateFormat({ year: "numeric", month: "2-digit", day: "2-digit" }).format(at * 1000);

/** "0:48", "42:18", "1:02:03" */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** A decimal string in its own currency; the sign is a real minus. `signed` also shows a plus. */
export function money(amount: string, currency: string, signed = false): string {
  const format = new Intl.NumberFormat(LOCALE[lang.value], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    signDisplay: signed ? "exceptZero" : "auto",
  });
  return format.format(Number(amount)).replace("-", "−");
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A format is dear to make and cheap to use. */
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${lang.value} ${JSON.stringify(options)}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(LOCALE[lang.value], options);
  numberFormats.set(key, format);
  return format;
}

export const number = (value: number, digits = 0): string =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** 0.834 -> "83%" */
export const percent = (ratio: number): string => numberFormat({ style: "percent" }).format(ratio);

/** "214 KB" */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${number(kib)} KB` : `${number(kib / 1024, 1)} MB`;
}
