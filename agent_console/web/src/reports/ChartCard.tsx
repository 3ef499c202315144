import { useState } from "preact/hooks";
import type { DayReport, Waits } from "../contract/reports.ts";
import { clockTime, number, shortDay } from "../i18n/index.ts";
import { Icon, Segmented } from "../ui/index.ts";
import { Chart } from "./Chart.tsx";
import { share, time } from "./figures.ts";
import { t } from "./texts.ts";

export type Part = Waits & { start_at: number };

/** Half hours of a day, or the days of a range; the table says the same in numbers. */
export function ChartCard({ found }: { found: DayReport }) {
  const [look, setLook] = useState<"chart" | "table">("chart");
  const isDay = found.first === found.last;
  const parts: readonly Part[] = isDay ? found.half_hours : found.days;
  if (parts.length === 0) return null;
  const named = isDay ? clockTime : shortDay;
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
    <section class="card" aria-labelledby="rep-chart">
      <div class="card-h">
        <h2 id="rep-chart">{t(isDay ? "by_half_hour" : "by_day")}</h2>
        <div class="legend push">
          <span style={{ "--lc": "var(--chart-2)" }}>
            <i class="ln" />
            {t("level")}
          </span>
          <span style={{ "--lc": "var(--chart-1)" }}>
            <i />
            {t("volume")}
          </span>
        </div>
        <Segmented
          label={t("show_as")}
          items={[item("chart"), item("table")]}
          chosen={look}
          onChoose={setLook}
        />
      </div>
      {look === "chart" ? (
        <Chart parts={parts} named={named} />
      ) : (
        <PartTable parts={parts} named={named} head={t(isDay ? "time" : "day")} />
      )}
    </section>
  );
}

interface PartTableProps {
  parts: readonly Part[];
  named: (at: number) => string;
  head: string;
}

function PartTable({ parts, named, head }: PartTableProps) {
  return (
    <div class="rep-wide" tabIndex={0} role="group" aria-labelledby="rep-chart">
      <table class="tbl">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <WaitHeads />
          </tr>
        </thead>
        <tbody>
          {parts.map((one) => (
            <tr key={one.start_at}>
              <th scope="row" class="tnum">
                {named(one.start_at)}
              </th>
              <WaitCells one={one} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEADS = [
  "offered",
  "answered",
  "abandoned",
  "left",
  "service_level",
  "average_wait",
] as const;

export function WaitHeads() {
  return (
    <>
      {HEADS.map((key) => (
        <th key={key} scope="col" class="num">
          {t(key)}
        </th>
      ))}
    </>
  );
}

export function WaitCells({ one }: { one: Waits }) {
  return (
    <>
      <td class="num">{number(one.offered)}</td>
      <td class="num">{number(one.answered)}</td>
      <td class="num">{number(one.abandoned)}</td>
      <td class="num">{number(one.left)}</td>
      <td class="num">{share(one.service_level_ratio)}</td>
      <td class="num">{time(one.average_wait_seconds)}</td>
    </>
  );
}
