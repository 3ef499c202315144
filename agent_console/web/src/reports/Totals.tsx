import type { DayTotal, SurveyLine } from "../contract/reports.ts";
import { number } from "../i18n/index.ts";
import { mean, share, time } from "./figures.ts";
import { t } from "./texts.ts";

/** The chosen days in one strip. */
export function Totals({ total, surveys }: { total: DayTotal; surveys: SurveyLine }) {
  const figures: Array<[string, string]> = [
    [t("service_level"), share(total.service_level_ratio)],
    [t("offered"), number(total.offered)],
    [t("answered"), number(total.answered)],
    [t("abandoned"), share(total.abandoned_ratio)],
    [t("average_wait"), time(total.average_wait_seconds)],
    [t("average_handle"), time(total.average_handle_seconds)],
    [t("contained"), number(total.contained)],
    [t("average_score"), mean(surveys.average)],
  ];
  return (
    <dl class="card rep-totals">
      {figures.map(([label, value]) => (
        <div key={label} class="stat">
          <dt class="l">{label}</dt>
          <dd class="v tnum">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
