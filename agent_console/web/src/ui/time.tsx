/** Things that change once a second. Each reads the tick itself: nothing around it renders. */
import { span } from "../i18n/format.ts";
import { t } from "../i18n/common.ts";
import { tick } from "../lib/clock.ts";

export type Sla = "ok" | "risk" | "bad";

/** In time, at risk (a third is left) or late. `leftSeconds` is negative when late. */
export function slaOf(leftSeconds: number, wholeSeconds: number): Sla {
  if (leftSeconds <= 0) return "bad";
  return leftSeconds <= wholeSeconds / 3 ? "risk" : "ok";
}

/** "0:48 left" or "Late 0:12". */
export function promise(leftSeconds: number): string {
  return leftSeconds > 0
    ? t("left", { time: span(Math.ceil(leftSeconds)) })
    : t("late", { time: span(-leftSeconds) });
}

/** Time since a moment. */
export function Since({ at, class: extra = "" }: { at: number; class?: string }) {
  return (
    <span class={`timer ${extra}`} role="timer" aria-live="off">
      {span(tick.value - at)}
    </span>
  );
}

export interface RingProps {
  /** 0 to 1 */
  share: number;
  look?: Sla | "teal";
  small?: boolean;
}

const LOOK = { ok: "", risk: "ring-risk", bad: "ring-bad", teal: "ring-teal" };

/** Time left as a ring; hidden from assistive technology, the words are beside it. */
export function Ring({ share, look = "ok", small }: RingProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <svg
      class={`ring ${LOOK[look]} ${small ? "ring-s" : ""}`}
      viewBox="0 0 36 36"
      style={{ "--p": percent }}
      aria-hidden="true"
    >
      <circle class="tr" cx="18" cy="18" r="15.9" />
      <circle class="va" cx="18" cy="18" r="15.9" />
    </svg>
  );
}

/** The promise ring: what is left until `dueAt`, of `wholeSeconds`. */
export function SlaRing({
  dueAt,
  wholeSeconds,
  small = false,
}: {
  dueAt: number;
  wholeSeconds: number;
  small?: boolean;
}) {
  const left = dueAt - tick.value;
  const look = slaOf(left, wholeSeconds);
  return <Ring share={look === "bad" ? 1 : left / wholeSeconds} look={look} small={small} />;
}

const WORDS = { ok: "", risk: "risk fw6", bad: "breach fw6" };

/** "0:48 left", coloured by what is left. */
export function PromiseText({ dueAt, wholeSeconds }: { dueAt: number; wholeSeconds: number }) {
  const left = dueAt - tick.value;
  return (
    <span class={`timer nowrap ${WORDS[slaOf(left, wholeSeconds)]}`} role="timer" aria-live="off">
      {promise(left)}
    </span>
  );
}

/** A countdown in whole seconds inside a ring. */
export function Countdown({ until, wholeSeconds }: { until: number; wholeSeconds: number }) {
  const left = Math.max(0, until - tick.value);
  return (
    <span class="cd" aria-hidden="true">
      <Ring share={left / wholeSeconds} look={left <= 5 ? "bad" : "teal"} />
      <b>{Math.ceil(left)}</b>
    </span>
  );
}

export interface MeterProps {
  /** 0 to 1 */
  share: number;
  look?: Sla | "plain";
  label: string;
}

/** A share of a whole; the number stands beside it. */
export function Meter({ share, look = "plain", label }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      class={`meter ${look === "plain" ? "" : `meter-${look}`}`}
      role="meter"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      style={{ "--p": percent }}
    >
      <i />
    </div>
  );
}
