/** Kinds of warnings and who may set them; the server judges again (hub/customers/warnings.py). */
import { t } from "./texts.ts";

const KINDS = ["deceased", "fraud_watch", "staff_record", "vulnerable", "complaint"] as const;
const STEER_TO_SET = ["deceased", "staff_record"];
const STEER_TO_REMOVE = ["deceased", "staff_record", "fraud_watch"];

type Rights = (right: string) => boolean;
const known = (kind: string) => KINDS.find((one) => one === kind);

export function warningName(kind: string): string {
  const one = known(kind);
  return one ? t(`warn_${one}`) : kind.replaceAll("_", " ");
}

export function warningMore(kind: string): string {
  const one = known(kind);
  return one ? t(`warn_${one}_more`) : "";
}

/** What may be put on the record besides what it has. */
export const settable = (listed: readonly string[], has: Rights): string[] =>
  KINDS.filter(
    (kind) =>
      !listed.includes(kind) &&
      has(STEER_TO_SET.includes(kind) ? "steer_warnings" : "set_warnings"),
  );

export const removable = (kind: string, has: Rights): boolean =>
  known(kind) !== undefined &&
  has(STEER_TO_REMOVE.includes(kind) ? "steer_warnings" : "set_warnings");
