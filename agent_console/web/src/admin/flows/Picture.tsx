import { useRef, useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Empty, Icon, IconButton } from "../../ui/index.ts";
import { open } from "./dialogs.ts";
import { iconOf } from "./icons.ts";
import { chosen, look, mayWrite, problems } from "./model.ts";
import { t } from "./texts.ts";
import type { Line, Look, Step, Way } from "./types.ts";

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25] as const;

/** The flow as a graph. Arrow keys go along it: down and up its lines, left and right in a row. */
export function Picture() {
  const [zoom, setZoom] = useState<number>(0.8);
  const sheet = useRef<HTMLDivElement>(null);
  const picture = look.value?.picture;
  if (!picture || picture.steps.length === 0) {
    return (
      <Empty icon="phone" title={t("no_steps")} text={t("no_steps_why")}>
        <Tools zoom={zoom} onZoom={setZoom} onFit={() => setZoom(1)} />
      </Empty>
    );
  }
  const fit = (): void => {
    const room = (sheet.current?.clientWidth ?? picture.width) / picture.width;
    setZoom(Math.max(0.3, Math.min(1, room)));
  };
  const size = { width: `${picture.width * zoom}px`, height: `${picture.height * zoom}px` };
  return (
    <>
      <div class="flow-scroll" ref={sheet}>
        <div style={size}>
          <div class="flow-world" style={{ transform: `scale(${zoom})` }}>
            <Lines picture={picture} />
            {picture.steps.map((step) => (
              <StepButton key={step.id} step={step} picture={picture} />
            ))}
          </div>
        </div>
      </div>
      <Tools zoom={zoom} onZoom={setZoom} onFit={fit} />
    </>
  );
}

interface ToolsProps {
  zoom: number;
  onZoom: (zoom: number) => void;
  onFit: () => void;
}

function Tools({ zoom, onZoom, onFit }: ToolsProps) {
  const next = (by: number): void => {
    const nearest = ZOOMS.reduce((best, one) =>
      Math.abs(one - zoom) < Math.abs(best - zoom) ? one : best,
    );
    onZoom(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(nearest) + by))] ?? 1);
  };
  return (
    <div class="flow-tools">
      <IconButton icon="minus" label={t("zoom_out")} onClick={() => next(-1)} />
      <span class="t12 tnum">{Math.round(zoom * 100)}%</span>
      <IconButton icon="plus" label={t("zoom_in")} onClick={() => next(1)} />
      <IconButton icon="expand" label={t("fit")} onClick={onFit} />
      {mayWrite.value && (
        <Button size="s" icon="plus" onClick={() => (open.value = "add")}>
          {t("add_step")}
        </Button>
      )}
    </div>
  );
}

function Lines({ picture }: { picture: Look["picture"] }) {
  return (
    <svg class="flow-lines" width={picture.width} height={picture.height} aria-hidden="true">
      <defs>
        <marker
          id="tip"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path class="flow-line" d="M1 1l6 3-6 3" />
        </marker>
      </defs>
      {picture.lines.map((line, index) => (
        <LineOf key={index} line={line} />
      ))}
    </svg>
  );
}

function LineOf({ line }: { line: Line }) {
  const isOn = line.source === chosen.value || (line.target && line.target === chosen.value);
  const look = line.target ? (isOn ? "on" : "") : "bad";
  return (
    <>
      <path
        class={`flow-line ${look}`}
        d={line.path}
        {...(line.target ? { "marker-end": "url(#tip)" } : {})}
      />
      {line.key ? (
        <g class={`flow-port ${look}`}>
          <circle cx={line.x} cy={line.y} r="10" />
          <text x={line.x} y={line.y + 4} text-anchor="middle">
            {line.key}
          </text>
        </g>
      ) : (
        !line.is_told && (
          <text class="flow-word" x={line.x + 5} y={line.y + 15}>
            {line.target ? both(line.word) : t("not_linked")}
          </text>
        )
      )}
    </>
  );
}

function StepButton({ step, picture }: { step: Step; picture: Look["picture"] }) {
  const count = problems.value.filter((one) => one.node === step.id).length;
  const isChosen = chosen.value === step.id;
  const first = picture.steps[0]?.id;
  const place = {
    left: `${step.x}px`,
    top: `${step.y}px`,
    width: `${picture.step_width}px`,
    height: `${step.height}px`,
  };
  const look = step.asks ? "asks" : step.ends ? "ends" : "does";
  return (
    <button
      type="button"
      class={`flow-step ${look} ${step.is_reached ? "" : "lost"}`}
      style={place}
      data-step={step.id}
      aria-pressed={isChosen}
      tabIndex={isChosen || (!chosen.value && step.id === first) ? 0 : -1}
      onClick={() => (chosen.value = step.id)}
      onKeyDown={(event) => along(event, step, picture)}
    >
      <span class="flow-head">
        <span class="flow-icon">
          <Icon name={iconOf(step.kind)} />
        </span>
        <span class="grow">
          <b class="trunc">{both(step.name) || step.id}</b>
          <small class="trunc">{both(step.about)}</small>
        </span>
        {count > 0 && (
          <span class="risk" role="img" aria-label={t("problems", { count })}>
            <Icon name="alert" size={14} />
          </span>
        )}
      </span>
      <span class="sr">{linesOf(step, picture)}</span>
      {step.rows.map((way, index) => (
        <small key={index} class="trunc">
          {rowOf(way, picture)}
        </small>
      ))}
    </button>
  );
}

const nameOf = (id: string, picture: Look["picture"]): string => {
  const found = picture.steps.find((one) => one.id === id);
  return found ? both(found.name) || id : id;
};

const rowOf = (way: Way, picture: Look["picture"]): string =>
  `${way.key || both(way.word)} → ${nameOf(way.target, picture)}`.trim();

/** The drawn ways on, for who cannot see the lines. */
const linesOf = (step: Step, picture: Look["picture"]): string =>
  picture.lines
    .filter((one) => one.source === step.id && one.target && !one.is_told)
    .map((way) => rowOf(way, picture))
    .join(", ");

/** Go along the lines with the arrow keys. */
function along(event: KeyboardEvent, step: Step, picture: Look["picture"]): void {
  const row = picture.steps.filter((one) => one.y === step.y).sort((a, b) => a.x - b.x);
  const here = row.findIndex((one) => one.id === step.id);
  const below = picture.lines.find((one) => one.source === step.id && one.target);
  const above = picture.lines.find((one) => one.target === step.id);
  const to = {
    ArrowDown: below?.target,
    ArrowUp: above?.source,
    ArrowLeft: row[here - 1]?.id,
    ArrowRight: row[here + 1]?.id,
    Home: picture.steps[0]?.id,
  }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    chosen.value = step.id;
    document.querySelector<HTMLElement>(".flow-form input, .flow-form select")?.focus();
  } else if (to) {
    event.preventDefault();
    chosen.value = to;
    document.querySelector<HTMLElement>(`[data-step="${CSS.escape(to)}"]`)?.focus();
  }
}
