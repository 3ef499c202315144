import type { ScreenPop } from "../../../contract.ts";
import { clockTime, dayKey, exactTime } from "../../../i18n/index.ts";
import { serverNow } from "../../../lib/clock.ts";
import { Banner } from "../../../ui/index.ts";
import { t } from "./texts.ts";

/** The bank's own system is away: how old is what we show. */
export function CoreNotice({ record }: { record: ScreenPop }) {
  if (!record.core || record.core.stale_since === null) return null;
  const at = record.core.as_of;
  const isToday = at !== null && dayKey(at) === dayKey(serverNow());
  return (
    <Banner tone="risk" icon="history" role="status" class="in-pane">
      {at === null
        ? t("stale_never")
        : t("stale", { time: isToday ? clockTime(at) : exactTime(at) })}
    </Banner>
  );
}
