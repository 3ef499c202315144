import { t } from "../texts.ts";

const KNOWN = ["prospect", "new", "active", "dormant", "leaving", "closed"] as const;

/** A lifecycle stage in words; an unknown code shows as it is. */
export function lifecycleName(code: string): string {
  const known = KNOWN.find((one) => one === code);
  return known ? t(`lifecycle_${known}`) : code;
}
