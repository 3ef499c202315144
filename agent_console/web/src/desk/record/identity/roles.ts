/** A person's part in a record or account; an unknown code shows as it is. */
import { t } from "./texts.ts";

const ROLES = ["holder", "joint_holder", "director", "attorney"] as const;

export function roleName(code: string): string {
  const known = ROLES.find((one) => one === code);
  return known ? t(`role_${known}`) : code.replaceAll("_", " ");
}
