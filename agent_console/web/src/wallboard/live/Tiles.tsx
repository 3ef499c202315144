import { useComputed } from "@preact/signals";
import type { QueueTile } from "../../contract.ts";
import { both, number, percent } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Badge, ChannelTile, Empty, type IconName, type Sla } from "../../ui/index.ts";
import { Missing } from "../lend/Missing.tsx";
import { rowFilter, showQueue } from "../model/filters.ts";
import { tiles } from "../model/store.ts";
import { waitSpan } from "../model/waitSpan.ts";
import { t } from "../texts.ts";

/** A tile per queue; pressing one shows its contacts. */
export function Tiles() {
  const list = Object.values(tiles.value);
  return (
    <section class="tiles s12" aria-label={t("sec_queues")} data-part tabIndex={-1}>
      {list.length === 0 && (
        <div class="card s12">
          <Empty icon="layers" title={t("no_queues")} text={t("no_queues_more")} />
        </div>
      )}
      {list.map((tile) => (
        <Tile key={tile.id} tile={tile} />
      ))}
    </section>
  );
}

const HEALTH: Record<QueueTile["health"], { look: Sla; icon: IconName }> = {
  on_target: { look: "ok", icon: "check" },
  at_risk: { look: "risk", icon: "clock" },
  missing_target: { look: "bad", icon: "alert" },
};

function Tile({ tile }: { tile: QueueTile }) {
  const { look } = HEALTH[tile.health];
  const name = both(tile.name);
  const chosen = rowFilter.value.queueId === tile.id;
  return (
    <article class={`card tile ${tile.health === "missing_target" && tile.open ? "tile-bad" : ""}`}>
      <div class="row">
        <h2 class="fw6 t14 grow trunc">
          <button
            type="button"
            class="tile-b"
            aria-pressed={chosen}
            title={t("show_queue", { queue: name })}
            onClick={() => showQueue(chosen ? null : tile.id)}
          >
            {name}
          </button>
        </h2>
        <Health tile={tile} />
      </div>
      <div class="big">
        <span class="w tnum">{number(tile.waiting)}</span>
        <span class="t12 t3 two">
          {t("waiting")}
          <br />
          {t("longest")} <Longest tile={tile} />
        </span>
        <span class="row row-1 push end">
          {tile.channels.map((channel) => (
            <ChannelTile key={channel} channel={channel} size={20} />
          ))}
        </span>
      </div>
      <Level tile={tile} look={look} />
      <Foot tile={tile} />
      <Missing tile={tile} />
    </article>
  );
}

/** Under target without being called so: too few have been answered to judge the queue. */
const isUnjudged = (tile: QueueTile): boolean =>
  tile.health === "on_target" &&
  tile.service_level_ratio !== null &&
  tile.service_level_ratio < tile.service_level_target_ratio;

function Health({ tile }: { tile: QueueTile }) {
  if (!tile.open) return <Badge icon="door">{t("queue_closed")}</Badge>;
  if (isUnjudged(tile)) return <Badge>{t("health_unjudged")}</Badge>;
  const { look, icon } = HEALTH[tile.health];
  return (
    <Badge tone={look} icon={icon}>
      {t(`health_${tile.health}`)}
    </Badge>
  );
}

function Longest({ tile }: { tile: QueueTile }) {
  const wait = useComputed(() =>
    tile.longest_wait_since === null ? null : Math.max(0, tick.value - tile.longest_wait_since),
  );
  if (tile.longest_wait_since === null) return <b class="fw6 strong">–</b>;
  const seconds = wait.value ?? 0;
  return (
    <b class={`fw6 tnum ${seconds > tile.target_seconds ? "breach" : "strong"}`}>
      {waitSpan(seconds)}
    </b>
  );
}

/** The service level as a meter with a tick at the target. */
function Level({ tile, look }: { tile: QueueTile; look: Sla }) {
  const level = tile.service_level_ratio;
  const target = Math.round(tile.service_level_target_ratio * 100);
  return (
    <>
      <div class="slrow t12 t3">
        <span>{t("service_level")}</span>
        <span class="tnum">
          <b class="fw6 t13 strong">{level === null ? "–" : percent(level)}</b>{" "}
          {t("level_of_target", { target })}
        </span>
      </div>
      <div
        class={`meter meter-${isUnjudged(tile) ? "none" : look}`}
        role="meter"
        aria-label={t("service_level")}
        aria-valuenow={Math.round((level ?? 0) * 100)}
        aria-valuetext={level === null ? t("no_figure") : percent(level)}
        aria-valuemin={0}
        aria-valuemax={100}
        style={{ "--p": Math.round((level ?? 0) * 100) }}
      >
        <i />
        <em style={{ left: `${target}%` }} />
      </div>
    </>
  );
}

function Foot({ tile }: { tile: QueueTile }) {
  const staff = { free: tile.staff_available, all: tile.staff_signed_in };
  return (
    <dl class="foot tnum">
      <div>
        <dt>{t("abandoned")}</dt>
        <dd title={t("people_left", { count: tile.abandoned })}>
          {tile.abandoned_ratio === null ? "–" : `${number(tile.abandoned_ratio * 100, 1)}%`}
        </dd>
      </div>
      <div>
        <dt title={t("estimate_long")}>{t("estimate")}</dt>
        <dd>{tile.estimate_seconds === null ? "–" : waitSpan(tile.estimate_seconds)}</dd>
      </div>
      <div>
        <dt>{t("staff")}</dt>
        <dd title={t("staff_free_long", staff)}>{t("staff_free", staff)}</dd>
      </div>
    </dl>
  );
}
