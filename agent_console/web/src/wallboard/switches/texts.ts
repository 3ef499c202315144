import en from "../../i18n/en/switches.json";
import { texts } from "../../i18n/index.ts";
import learnedEn from "../../i18n/en/learned.json";
import learnedZh from "../../i18n/zh/learned.json";
import zh from "../../i18n/zh/switches.json";

/** Words of what is switched off. */
export const t = texts(en, zh);

const learned = texts(learnedEn, learnedZh);
const isOwn = (key: string): key is keyof typeof en => key in en;
const isLearned = (key: string): key is keyof typeof learnedEn => key in learnedEn;

/** The name of a matter or an errand; a code that nobody has named stays as it is. */
export function partName(kind: string, name: string): string {
  if (kind === "assistant") return t("the_assistant");
  const own = `errand_${name}`;
  if (kind === "errand" && isOwn(own)) return t(own);
  const matter = `intent_${name}`;
  return isLearned(matter) ? learned(matter) : name;
}
