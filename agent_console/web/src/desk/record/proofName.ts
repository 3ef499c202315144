/** The name of a proof; an unknown code shows as it is. */
import { t } from "../texts.ts";

const PROOFS = [
  "signed_in_page",
  "code",
  "agent",
  "phone_number",
  "questions",
  "pin",
  "birth_date",
  "secure_page",
] as const;

export function proofName(code: string): string {
  const known = PROOFS.find((one) => one === code);
  return known ? t(`proof_${known}`) : code.replaceAll("_", " ");
}
