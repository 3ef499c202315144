/** What a matter of the assistant is called: its codes are of one language. */
import en from "./en/learned.json";
import { texts } from "./texts.ts";
import zh from "./zh/learned.json";

const t = texts(en, zh);
type Key = keyof typeof en;

const isKey = (key: string): key is Key => key in en;

/** The name of something a sentence tells, such as an amount. */
export function blankName(code: string): string {
  const key = `label_${code}`;
  return isKey(key) ? t(key) : code.replaceAll("_", " ");
}

/** The name of an intent; one that an operator has added shows its code as words. */
export function matterName(code: string): string {
  const key = `intent_${code}`;
  return isKey(key) ? t(key) : code.replaceAll("_", " ");
}
