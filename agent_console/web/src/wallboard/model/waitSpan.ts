import { span } from "../../i18n/index.ts";
import { t } from "../texts.ts";

/** "2:41"; from an hour on without seconds: "3 h 12". A tile has no room for more. */
export function waitSpan(seconds: number): string {
  if (seconds < 3600) return span(seconds);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return minutes === 0 ? t("hours", { hours }) : t("hours_minutes", { hours, minutes });
}
