import type { ComponentChildren } from "preact";
import type { WallTotals } from "../../contract.ts";
import { number, percent, span } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Icon } from "../../ui/index.ts";
import { waitSpan } from "../model/waitSpan.ts";
import { queueName } from "../model/names.ts";
import { t as calls } from "../calls/texts.ts";
import { hasPhone, inMenu } from "../calls/figures.ts";
import { tiles, totals } from "../model/store.ts";
import { t } from "../texts.ts";

/** The day so far in one strip. */
export function Totals() {
  const today = totals.value;
  if (!today) return null;
  return (
    <section class="card kpis s12" aria-label={t("sec_totals")} data-part tabIndex={-1}>
      <Stat label={t("service_level_today")} value={share(today.service_level_ratio)}>
        <Against today={today} />
      </Stat>
      <Stat label={t("waiting_now")} value={number(today.waiting)} />
      <LongestWait today={today} />
      <Stat label={t("answered")} value={number(today.answered)}>
        <span class="delta t3">{t("of_offered", { count: number(today.offered) })}</span>
      </Stat>
      <Stat label={t("abandoned")} value={share(today.abandoned_ratio, 1)}>
        <span class="delta t3">{t("people_left", { count: today.abandoned })}</span>
      </Stat>
      <Stat label={t("average_handling")} value={handling(today)}>
        <span class="delta t3">{t("per_contact")}</span>
      </Stat>
      {hasPhone.value && (
        <Stat label={calls("in_menu")} value={number(inMenu.value)}>
          <span class={`delta ${today.callbacks_due > 0 ? "breach" : "t3"}`}>
            {calls("callbacks_due", { count: today.callbacks_due })}
          </span>
        </Stat>
      )}
      <Stat label={t("bot_solved")} value={share(today.contained_ratio)}>
        <span class="delta t3">{t("bot_solved_count", { count: today.contained })}</span>
      </Stat>
    </section>
  );
}

/** A ratio that is not there yet is a dash. */
const share = (ratio: number | null, digits = 0): string =>
  ratio === null ? "–" : digits ? `${number(ratio * 100, digits)}%` : percent(ratio);

const handling = (today: WallTotals): string =>
  today.average_handle_seconds === null ? "–" : span(today.average_handle_seconds);

interface StatProps {
  label: string;
  value: ComponentChildren;
  look?: string;
  children?: ComponentChildren;
}

function Stat({ label, value, look = "", children }: StatProps) {
  return (
    <div class="stat">
      <div class="l">{label}</div>
      <div class="row">
        <span class={`v ${look}`}>{value}</span>
        {children}
      </div>
    </div>
  );
}

/** Points over or under the target. */
function Against({ today }: { today: WallTotals }) {
  const target = today.service_level_target_ratio;
  if (today.service_level_ratio === null) {
    return <span class="delta t3">{t("target_is", { target: percent(target) })}</span>;
  }
  const points = Math.round(today.service_level_ratio * 100) - Math.round(target * 100);
  if (points === 0) {
    return <span class="delta ok">{t("on_the_target", { target: percent(target) })}</span>;
  }
  return (
    <span class={`delta ${points > 0 ? "ok" : "breach"}`}>
      <Icon name={points > 0 ? "arrow-ur" : "arrow-dr"} size={12} />
      {t(points > 0 ? "over_target" : "under_target", { points: Math.abs(points) })}
    </span>
  );
}

function LongestWait({ today }: { today: WallTotals }) {
  const since = today.longest_wait_since;
  const label = t("longest_wait");
  if (since === null) {
    return (
      <Stat label={label} value="–">
        <span class="delta t3">{t("nobody_waits")}</span>
      </Stat>
    );
  }
  const queue = today.longest_wait_queue_id;
  const target = queue === null ? undefined : tiles.value[queue]?.target_seconds;
  const wait = tick.value - since;
  return (
    <Stat label={label} value={waitSpan(wait)} look={target && wait > target ? "breach" : ""}>
      <span class="delta t3 trunc">{queueName(queue)}</span>
    </Stat>
  );
}
