import { number } from "../i18n/index.ts";
import { labelStep, linePath, niceMax, type Point, runs, scale } from "../lib/scale.ts";
import { useWidth } from "../lib/useWidth.ts";
import { Grid, HEIGHT, LEFT, LEVEL, RIGHT, VOLUME } from "../ui/ChartGrid.tsx";
import type { Part } from "./ChartCard.tsx";
import { share } from "./figures.ts";
import { t } from "./texts.ts";

interface ChartProps {
  parts: readonly Part[];
  named: (at: number) => string;
}

/** Two panels over one time axis, each with its own scale: a line and bars. */
export function Chart({ parts, named }: ChartProps) {
  const { element, width } = useWidth<HTMLDivElement>(900);
  const step = (width - LEFT - RIGHT) / parts.length;
  const middle = (index: number): number => LEFT + (index + 0.5) * step;
  const count = parts.reduce((sum, one) => sum + one.offered, 0);
  const says = t("chart_says", { count: number(count), parts: parts.length });
  return (
    <div ref={element} class="rep-chart">
      <svg class="chart" width={width} height={HEIGHT} role="img" aria-label={says}>
        <Level parts={parts} width={width} middle={middle} />
        <Volume parts={parts} width={width} step={step} named={named} />
        {parts.map((one, index) =>
          index % labelStep(step) === 0 ? (
            <text key={one.start_at} x={middle(index)} y={HEIGHT - 8} text-anchor="middle">
              {named(one.start_at)}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}

interface PanelProps {
  parts: readonly Part[];
  width: number;
}

function Level({ parts, width, middle }: PanelProps & { middle: (index: number) => number }) {
  const y = scale(0, 1, LEVEL.bottom, LEVEL.top);
  const points = parts.map((one, index): Point | null =>
    one.service_level_ratio === null ? null : { x: middle(index), y: y(one.service_level_ratio) },
  );
  return (
    <g>
      {[0, 0.5, 1].map((value) => (
        <Grid key={value} y={y(value)} width={width} label={number(value * 100)} />
      ))}
      {runs(points).map((run) => (
        <path key={run[0]?.x} class="rep-line" d={linePath(run)} />
      ))}
      {points.map((point) =>
        point ? <circle key={point.x} class="rep-dot" cx={point.x} cy={point.y} r="3" /> : null,
      )}
    </g>
  );
}

interface VolumeProps extends PanelProps {
  step: number;
  named: (at: number) => string;
}

function Volume({ parts, width, step, named }: VolumeProps) {
  const top = niceMax(Math.max(...parts.map((one) => one.offered)));
  const y = scale(0, top, VOLUME.bottom, VOLUME.top);
  const bar = Math.min(48, Math.max(3, step * 0.73));
  return (
    <g>
      {[0, top / 2, top].map((value) => (
        <Grid key={value} y={y(value)} width={width} label={number(value)} />
      ))}
      {parts.map((one, index) => (
        <rect
          key={one.start_at}
          class="rep-bar"
          x={LEFT + index * step + (step - bar) / 2}
          y={y(one.offered)}
          width={bar}
          height={VOLUME.bottom - y(one.offered)}
          rx="2"
        >
          <title>
            {t("bar_says", {
              time: named(one.start_at),
              count: one.offered,
              level: share(one.service_level_ratio),
            })}
          </title>
        </rect>
      ))}
    </g>
  );
}
