/** Say a refused command in the reader's words. */
import { t } from "../i18n/common.ts";
import { toast } from "../ui/Toast.tsx";
import type { Answer } from "./feed.ts";

/** The codes of the hub (and of a lost answer) by the remedy they have. */
const REMEDY = {
  offline: "failed_offline",
  timeout: "failed_timeout",
  conflict: "failed_conflict",
  refused: "failed_conflict",
  forbidden: "failed_forbidden",
  not_found: "failed_not_found",
  code_again: "failed_code_again",
  invalid: "failed_invalid",
  agent_offline: "failed_agent_offline",
  no_capacity: "failed_no_capacity",
  queue_closed: "failed_queue_closed",
  offer_gone: "failed_offer_gone",
  agent_not_ready: "failed_not_ready",
  letter_waits: "failed_letter_waits",
  bad_time: "failed_bad_time",
  contact_over: "failed_contact_over",
  contact_closed: "failed_contact_over",
  contact_moved_on: "failed_contact_over",
  not_your_contact: "failed_contact_over",
  not_in_contact: "failed_not_in_contact",
  no_contact: "failed_not_in_contact",
} as const;

/** The remedy for a code; an unknown code gets the general one. */
export function remedy(code: string): string {
  return t(REMEDY[code as keyof typeof REMEDY] ?? "failed_other");
}

/** Toast a refusal; true when the command was done. */
export function done(answer: Answer<unknown>): boolean {
  if (!answer.ok) toast({ tone: "bad", title: t("failed"), text: remedy(answer.code) });
  return answer.ok;
}
