import { clockTime, number, percent } from "../../i18n/index.ts";
import type { Slot } from "../model/chart.ts";
import { t } from "../texts.ts";

/** The chart in numbers, the newest half hour first. */
export function ChartTable({ slots }: { slots: readonly Slot[] }) {
  return (
    <div class="scroll chart-table" tabIndex={0} role="group" aria-label={t("chart_title")}>
      <table class="tbl">
        <thead>
          <tr>
            <th scope="col">{t("half_hour")}</th>
            <th scope="col" class="num">
              {t("offered")}
            </th>
            <th scope="col" class="num">
              {t("answered")}
            </th>
            <th scope="col" class="num">
              {t("abandoned")}
            </th>
            <th scope="col" class="num">
              {t("service_level")}
            </th>
          </tr>
        </thead>
        <tbody>
          {slots.toReversed().map((one) => (
            <tr key={one.at}>
              <th scope="row" class="tnum">
                {clockTime(one.at)}
              </th>
              <td class="num">{number(one.offered)}</td>
              <td class="num">{number(one.answered)}</td>
              <td class="num">{number(one.abandoned)}</td>
              <td class="num">{one.level === null ? "–" : percent(one.level)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
