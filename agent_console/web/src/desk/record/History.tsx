import type { HistoryLine, ScreenPop } from "../../contract.ts";
import { both, exactTime, shortDay } from "../../i18n/index.ts";
import { channelName, ChannelTile, Empty } from "../../ui/index.ts";
import { Listen } from "../calls/Listen.tsx";
import { queueName } from "../model/names.ts";
import { t } from "../texts.ts";

/** Contacts over all channels, newest first. */
export function History({ record, onMore }: { record: ScreenPop; onMore?: () => void }) {
  const { history } = record;
  if (history.length === 0) {
    if (onMore || !record.customer) return null;
    return <Empty icon="history" title={t("no_history")} text={t("no_history_more")} />;
  }
  const shown = onMore ? history.slice(0, 5) : history;
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("history")}</h3>
        {onMore && history.length > shown.length && (
          <button type="button" class="linkish push t12" onClick={onMore}>
            {t("all_count", { count: history.length })}
          </button>
        )}
      </div>
      <ol class="tl">
        {shown.map((one) => (
          <li key={one.contact_id}>
            <ChannelTile channel={one.channel} />
            <div class="grow">
              <div class="h">
                <b>
                  {channelName(one.channel)}, {ending(one.ending)}
                </b>
                <time title={exactTime(one.at)}>{shortDay(one.at)}</time>
              </div>
              {one.subject && (
                <p class="trunc fw5" title={one.subject} dir="auto">
                  {one.subject}
                </p>
              )}
              <p class="trunc">{summary(one)}</p>
              {one.channel === "phone" && <Listen contactId={one.contact_id} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const ENDINGS = ["handled", "contained", "abandoned", "failed"] as const;

function ending(code: string): string {
  const known = ENDINGS.find((one) => one === code);
  return known ? t(`ending_${known}`) : code;
}

function summary(one: HistoryLine): string {
  const parts = [
    one.disposition_label
      ? both(one.disposition_label)
      : (one.queue_id && queueName(one.queue_id)) || "",
    one.agent ? both(one.agent) : "",
    one.score === null ? "" : t("rated", { score: one.score }),
  ];
  return parts.filter(Boolean).join(" · ");
}
