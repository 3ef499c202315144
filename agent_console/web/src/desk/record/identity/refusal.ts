/** A refused proof in words that say what to do; other refusals get the general remedy. */
import { remedy } from "../../../feed/index.ts";
import { toast } from "../../../ui/index.ts";
import { t } from "./texts.ts";

const KNOWN = [
  "resend_later",
  "too_many_codes",
  "no_carrier",
  "no_address",
  "no_code",
  "code_expired",
  "proof_locked",
  "too_little_known",
  "already_proved",
  "no_questions",
  "no_customer",
  "restricted",
  "no_party",
  "no_right",
  "warned_already",
  "not_warned",
  "not_locked",
  "deceased",
  "speaker_unknown",
  "power_ended",
] as const;

export function refusal(code: string): string {
  const known = KNOWN.find((one) => one === code);
  return known ? t(`failed_${known}`) : remedy(code);
}

/** Toast a refusal; true when it was done. */
export function told(answer: { ok: true } | { ok: false; code: string }): boolean {
  if (!answer.ok) toast({ tone: "bad", title: refusal(answer.code) });
  return answer.ok;
}
