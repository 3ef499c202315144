/** What the record's identity says can be done; pure. */
import type { IdentityView } from "../../contract.ts";

export const STRONG = 3;

/** What the card offers: nothing, a way out, or the methods that are left. */
export type Offer = "none" | "locked" | "blocked" | "prove";

export function offerOf(identity: IdentityView, now: number): Offer {
  if (identity.level >= STRONG) return "none";
  if (identity.locked_until !== null && identity.locked_until > now) return "locked";
  if (identity.blocked !== null) return "blocked";
  return identity.ways.length > 0 || identity.questions ? "prove" : "none";
}

/** Whole seconds until another code may be sent; 0: now. */
export const resendSeconds = (identity: IdentityView, now: number): number =>
  Math.max(0, Math.ceil((identity.code?.resend_at ?? 0) - now));

/** Six digits as people write them: spaces and dashes are not digits. */
export const sixDigits = (typed: string): string | null => {
  const digits = typed.normalize("NFKC").replace(/[\s.·-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
};

export const proofs = (proof: string | null): string[] => (proof ? proof.split("+") : []);
