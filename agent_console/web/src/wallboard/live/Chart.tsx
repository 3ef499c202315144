import { clockTime, number, percent } from "../../i18n/index.ts";
import {
  areaPath,
  labelStep,
  linePath,
  niceMax,
  type Point,
  runs,
  scale,
} from "../../lib/scale.ts";
import { useWidth } from "../../lib/useWidth.ts";
import { Grid, HEIGHT, LEFT, LEVEL, RIGHT, VOLUME } from "../../ui/ChartGrid.tsx";
import { levelFloor, type Slot } from "../model/chart.ts";
import { t } from "../texts.ts";

interface ChartProps {
  slots: readonly Slot[];
  /** 0 to 1 */
  target: number;
  /** The chart in words. */
  says: string;
}

/** Two panels over one time axis: a line against its target, and bars. One axis per panel. */
export function Chart({ slots, target, says }: ChartProps) {
  const { element, width } = useWidth<HTMLDivElement>(640);
  const step = (width - LEFT - RIGHT) / slots.length;
  const middle = (index: number): number => LEFT + (index + 0.5) * step;
  return (
    <div ref={element}>
      <svg class="chart" width={width} height={HEIGHT} role="img" aria-label={says}>
        <LevelPanel slots={slots} target={target} width={width} middle={middle} />
        <VolumePanel slots={slots} width={width} step={step} />
        {slots.map((one, index) =>
          (slots.length - 1 - index) % labelStep(step) === 0 ? (
            <text key={one.at} x={middle(index)} y={HEIGHT - 8} text-anchor="middle">
              {clockTime(one.at)}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}

interface LevelProps {
  slots: readonly Slot[];
  target: number;
  width: number;
  middle: (index: number) => number;
}

interface Measured extends Point {
  level: number;
}

function LevelPanel({ slots, target, width, middle }: LevelProps) {
  const floor = levelFloor(slots);
  const y = scale(floor, 1, LEVEL.bottom, LEVEL.top);
  const points = slots.map((one, index): Measured | null =>
    one.level === null ? null : { x: middle(index), y: y(one.level), level: one.level },
  );
  const last = points.findLast((one) => one !== null);
  return (
    <g>
      {[floor, target, 1].map((value) => (
        <Grid key={value} y={y(value)} width={width} label={number(value * 100)} />
      ))}
      <line class="target" x1={LEFT} x2={width - RIGHT} y1={y(target)} y2={y(target)} />
      {runs(points).map((run) => (
        <g key={run[0]?.x}>
          <path class="level-fill" d={areaPath(run, LEVEL.bottom)} />
          <path class="level-line" d={linePath(run)} />
        </g>
      ))}
      {points.map((point) =>
        point && (point.level < target || point === last) ? (
          <circle
            key={point.x}
            class={point.level < target ? "under" : "over"}
            cx={point.x}
            cy={point.y}
            r="3.6"
          />
        ) : null,
      )}
      {last && (
        <text class="last" x={Math.min(last.x, width - 24)} y={last.y + (last.y > 60 ? -9 : 17)}>
          {percent(last.level)}
        </text>
      )}
    </g>
  );
}

function VolumePanel({
  slots,
  width,
  step,
}: {
  slots: readonly Slot[];
  width: number;
  step: number;
}) {
  const top = niceMax(Math.max(...slots.map((one) => one.offered)));
  const y = scale(0, top, VOLUME.bottom, VOLUME.top);
  const bar = Math.max(3, step * 0.73);
  return (
    <g>
      {[0, top / 2, top].map((value) => (
        <Grid key={value} y={y(value)} width={width} label={number(value)} />
      ))}
      {slots.map((one, index) => (
        <rect
          key={one.at}
          class={one.current ? "bar bar-now" : "bar"}
          x={LEFT + index * step + (step - bar) / 2}
          y={y(one.offered)}
          width={bar}
          height={VOLUME.bottom - y(one.offered)}
          rx="2"
        >
          <title>{t("bar_says", { time: clockTime(one.at), count: one.offered })}</title>
        </rect>
      ))}
    </g>
  );
}
