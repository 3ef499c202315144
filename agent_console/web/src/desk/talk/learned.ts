/** What the assistant learned, in the reader's words: its codes are of one language. */
import en from "../../i18n/en/learned.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/learned.json";
import { evidenceWords } from "../payment/evidence.ts";

const t = texts(en, zh);
type Key = keyof typeof en;

/** Known to every reader of the card, or of use to the assistant alone. */
const UNSAID = new Set(["language", "identity_level", "pending_errand", "code", "confirmed"]);
/** A wish for a person is no matter: the reason tells it. */
const NO_MATTER = new Set(["human", "nlu_fallback", ""]);

const isKey = (key: string): key is Key => key in en;
const word = (kind: "intent" | "reason" | "label", code: string): string => {
  const key = `${kind}_${code}`;
  return isKey(key) ? t(key) : code;
};

const matterWords = (key: "promised" | "failed", matter: string): string =>
  t(key, { matter: word("intent", matter) });

/** The label and the value of something learned; null for what helps no person. */
export function learnedWords(label: string, value: string): [string, string] | null {
  if (UNSAID.has(label)) return null;
  if (label === "intent") {
    return NO_MATTER.has(value) ? null : [word("label", label), word("intent", value)];
  }
  if (label === "reason") return [word("label", label), word("reason", value)];
  const [outcome, matter] = label.split(":");
  if (matter && outcome === "promised") return [matterWords("promised", matter), value];
  if (matter && outcome === "failed") {
    return [matterWords("failed", matter), word("reason", value)];
  }
  const key = `label_${label}`;
  return isKey(key) ? [t(key), value] : evidenceWords(label, value);
}

/** Matters by name; what is no code, such as the title of an answer, stays as it is. */
export const triedWords = (tried: readonly string[]): string[] =>
  tried.filter((one) => !NO_MATTER.has(one)).map((one) => word("intent", one));
