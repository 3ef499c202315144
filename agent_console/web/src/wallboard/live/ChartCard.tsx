import { computed, signal } from "@preact/signals";
import { clockTime, percent } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Empty, Icon, Segmented } from "../../ui/index.ts";
import { HALF_HOUR, slotsOf, type Slot } from "../model/chart.ts";
import { intervals, totals } from "../model/store.ts";
import { t } from "../texts.ts";
import { Chart } from "./Chart.tsx";
import { ChartTable } from "./ChartTable.tsx";

const look = signal<"chart" | "table">("chart");
/** Changes with a new half hour, not with each second. */
const halfHour = computed(() => Math.floor(tick.value / (HALF_HOUR / 2)));
const slots = computed(() => {
  void halfHour.value;
  return slotsOf(intervals.value, tick.peek());
});

/** Service level and volume by half hour; the table says the same in numbers. */
export function ChartCard() {
  const target = totals.value?.service_level_target_ratio ?? 0;
  const empty = Object.keys(intervals.value).length === 0;
  return (
    <section class="card s6 chart-card" aria-labelledby="chart-h" data-part tabIndex={-1}>
      <div class="card-h">
        <h2 id="chart-h" class="nowrap">
          {t("chart_title")}
        </h2>
        <span class="t12 t3 nowrap">{t("by_half_hour")}</span>
        {!empty && <Legend />}
        {!empty && <Choice />}
      </div>
      {empty ? (
        <Empty icon="chart" title={t("no_intervals")} text={t("no_intervals_more")} />
      ) : look.value === "chart" ? (
        <div class="chart-in">
          <Chart slots={slots.value} target={target} says={inWords(slots.value, target)} />
        </div>
      ) : (
        <ChartTable slots={slots.value} />
      )}
    </section>
  );
}

function Legend() {
  return (
    <div class="legend push">
      <span style={{ "--lc": "var(--chart-2)" }}>
        <i class="ln" />
        {t("legend_level")}
      </span>
      <span style={{ "--lc": "var(--chart-1)" }}>
        <i />
        {t("legend_contacts")}
      </span>
    </div>
  );
}

function Choice() {
  const item = (id: "chart" | "table") => ({
    id,
    label: (
      <>
        <Icon name={id} size={14} />
        <span class="sr">{t(`as_${id}`)}</span>
      </>
    ),
  });
  return (
    <Segmented
      label={t("show_as")}
      items={[item("chart"), item("table")]}
      chosen={look.value}
      onChoose={(id) => (look.value = id)}
    />
  );
}

/** The chart for who cannot see it. */
function inWords(list: readonly Slot[], target: number): string {
  const last = list.findLast((one) => one.level !== null);
  const level =
    last && last.level !== null
      ? t("chart_says_level", {
          time: clockTime(last.at),
          level: percent(last.level),
          target: percent(target),
        })
      : t("chart_says_none");
  const count = list.reduce((sum, one) => sum + one.offered, 0);
  return t("chart_says", { level, volume: t("chart_says_volume", { count }) });
}
