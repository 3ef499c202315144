/** Names of the topics that articles name by a code; another topic is shown as it is written. */
import { t } from "./texts.ts";

const NAMED = [
  "accounts",
  "branches",
  "cards",
  "complaints",
  "digital",
  "fees",
  "internal",
  "loans",
  "payments",
  "savings",
  "security",
] as const;

export function categoryName(category: string): string {
  const known = NAMED.find((one) => one === category);
  return known ? t(`category_${known}`) : category;
}
