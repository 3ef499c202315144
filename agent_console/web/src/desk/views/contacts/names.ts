/** Words for a closed contact. */
import { both, lang } from "../../../i18n/index.ts";
import type { ClosedContact } from "./model.ts";
import { t } from "./texts.ts";

export function whoOf(one: ClosedContact): string {
  const who = one.customer;
  if (!who) return t("guest");
  return (lang.value === "zh" ? who.name_zh || who.name : who.name || who.name_zh) || "••";
}

const ENDINGS = ["handled", "contained", "abandoned", "failed"] as const;

export function outcomeOf(one: ClosedContact): string {
  if (one.disposition_label) return both(one.disposition_label);
  const known = ENDINGS.find((code) => code === one.ending);
  return known ? t(`ending_${known}`) : one.ending;
}
