import { useEffect } from "preact/hooks";
import { both, clockTime, number, percent } from "../i18n/index.ts";
import { Banner, Empty, Skeleton } from "../ui/index.ts";
import {
  dark,
  type DisplayPicture,
  type DisplayQueue,
  hasLink,
  keepLooking,
  lostSince,
  picture,
  stayAwake,
} from "./figures.ts";
import { t } from "./texts.ts";

/** Figures for a wall: large, without names, without anything to press. */
export function Display() {
  useEffect(() => {
    document.title = t("title");
    stayAwake();
    keepLooking();
  }, []);
  if (!hasLink) return <Empty icon="monitor" title={t("no_link")} text={t("dark_more")} />;
  if (dark.value) return <Empty icon="lock" title={t("dark")} text={t("dark_more")} />;
  const now = picture.value;
  if (!now) {
    return (
      <main class="display" aria-busy="true" aria-label={t("loading")}>
        <Skeleton lines={[40, 90, 80, 70]} />
      </main>
    );
  }
  return (
    <main class={lostSince.value === null ? "display" : "display is-old"}>
      <header>
        <h1>{t("title")}</h1>
        <State at={now.totals.computed_at} />
      </header>
      <Totals now={now} />
      <ul class="d-queues" aria-label={t("queues")}>
        {now.queues.map((queue) => (
          <Queue key={queue.id} queue={queue} at={now.totals.computed_at} />
        ))}
      </ul>
    </main>
  );
}

function State({ at }: { at: number }) {
  const since = lostSince.value;
  if (since !== null) {
    return (
      <Banner tone="risk" role="status">
        {t("lost", { time: clockTime(since) })}
      </Banner>
    );
  }
  return <p class="t3 tnum">{t("live_at", { time: clockTime(at) })}</p>;
}

function Totals({ now: { totals, agents } }: { now: DisplayPicture }) {
  const level = totals.service_level_ratio;
  const target = totals.service_level_target_ratio;
  const tone = level !== null && level < target ? "breach" : "";
  return (
    <dl class="d-totals">
      <Figure
        label={t("service_level")}
        value={level === null ? "–" : percent(level)}
        tone={tone}
        more={t("of_target", { target: percent(target) })}
      />
      <Figure label={t("waiting")} value={number(totals.waiting)} more={longest(totals)} />
      <Figure label={t("answered")} value={number(totals.answered)} />
      <Figure label={t("abandoned")} value={number(totals.abandoned)} />
      <Figure label={t("available")} value={number(agents.available ?? 0)} more={t("agents")} />
      <Figure label={t("busy")} value={number(agents.busy ?? 0)} more={t("agents")} />
      <Figure label={t("away")} value={number(agents.away ?? 0)} more={t("agents")} />
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: string;
  more?: string;
  tone?: string;
}

function Figure({ label, value, more = "", tone = "" }: FigureProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class={`tnum ${tone}`}>{value}</dd>
      <dd class="t3 d-more">{more}</dd>
    </div>
  );
}

function Queue({ queue, at }: { queue: DisplayQueue; at: number }) {
  const level = queue.service_level_ratio;
  const free = number(queue.staff_available);
  const all = number(queue.staff_signed_in);
  return (
    <li class={`card d-${queue.open ? queue.health : "closed"}`}>
      <h2>{both(queue.name)}</h2>
      <p class="d-big tnum">{queue.open ? number(queue.waiting) : t("closed")}</p>
      <dl>
        <div>
          <dt>{t("longest")}</dt>
          <dd class="tnum">{waited(queue.longest_wait_since, at)}</dd>
        </div>
        <div>
          <dt>{t("service_level")}</dt>
          <dd class="tnum">{level === null ? "–" : percent(level)}</dd>
        </div>
        <div>
          <dt>{t("agents")}</dt>
          <dd class="tnum">{t("staff", { free, all })}</dd>
        </div>
      </dl>
    </li>
  );
}

const longest = (totals: DisplayPicture["totals"]): string =>
  totals.longest_wait_since === null
    ? t("nobody_waits")
    : waited(totals.longest_wait_since, totals.computed_at);

/** `4:05`: read across a room. */
function waited(since: number | null, at: number): string {
  if (since === null) return "–";
  const seconds = Math.max(0, Math.floor(at - since));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
