/** Say a refused command in the reader's words. */
import { t } from "../i18n/common.ts";
import { toast } from "../ui/Toast.tsx";
import type { Answer } from "./feed.ts";

const CODES = ["offline", "conflict", "forbidden", "not_found", "invalid", "timeout"] as const;

/** The remedy for a code of the feed; an unknown code gets the general one. */
export function remedy(code: string): string {
  const known = CODES.find((one) => one === code);
  return known ? t(`failed_${known}`) : t("failed_other");
}

/** Toast a refusal; true when the command was done. */
export function done(answer: Answer<unknown>): boolean {
  if (!answer.ok) toast({ tone: "bad", title: t("failed"), text: remedy(answer.code) });
  return answer.ok;
}
