import type { Satisfaction } from "../../contract.ts";
import { clockTime, number, percent } from "../../i18n/index.ts";
import { Badge, channelName, Empty, type Sla } from "../../ui/index.ts";
import { satisfaction } from "../model/store.ts";
import { langOf } from "../model/langOf.ts";
import { t } from "../texts.ts";

const SCORES = [5, 4, 3, 2, 1] as const;
const lookOf = (score: number): Sla => (score >= 4 ? "ok" : score === 3 ? "risk" : "bad");

/** What customers said today. */
export function SatisfactionCard() {
  const today = satisfaction.value;
  return (
    <section class="card s3 cs" aria-labelledby="cs-h" data-part tabIndex={-1}>
      <div class="card-h">
        <h2 id="cs-h">{t("satisfaction")}</h2>
        {today && today.answers > 0 && <span class="push t12 t3 tnum">{answers(today)}</span>}
      </div>
      {!today || today.answers === 0 ? (
        <Empty icon="star" title={t("no_answers")} text={t("no_answers_more")} />
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-labelledby="cs-h">
          <Distribution today={today} />
          <ByChannel today={today} />
          <Comments today={today} />
        </div>
      )}
    </section>
  );
}

function answers({ answers: count, offered }: Satisfaction): string {
  const said = t("answers", { count });
  return offered > 0
    ? t("answers_share", { answers: said, share: percent(Math.min(1, count / offered)) })
    : said;
}

function Distribution({ today }: { today: Satisfaction }) {
  return (
    <div class="csat">
      <div class="v tnum">{today.average === null ? "–" : number(today.average, 1)}</div>
      <ul class="bars">
        {SCORES.map((score) => {
          const count = today.by_score[String(score)] ?? 0;
          const share = count / today.answers;
          const says = t("score_share", { score, count, share: percent(share) });
          return (
            <li key={score} title={says}>
              <span class="sr">{says}</span>
              <span aria-hidden="true">{score}</span>
              <span
                class={`meter meter-${lookOf(score)}`}
                style={{ "--p": Math.round(share * 100) }}
                aria-hidden="true"
              >
                <i />
              </span>
              <span class="tnum" aria-hidden="true">
                {percent(share)}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function ByChannel({ today }: { today: Satisfaction }) {
  return (
    <div class="mini">
      {Object.entries(today.by_channel).map(([channel, average]) => (
        <span key={channel}>
          <b class={`tnum ${average < 4 ? "risk" : ""}`}>{number(average, 1)}</b>
          {channelName(channel)}
        </span>
      ))}
    </div>
  );
}

function Comments({ today }: { today: Satisfaction }) {
  return (
    <>
      {today.comments.map((one) => (
        <div class="quote" key={`${one.at} ${one.text}`}>
          <Badge tone={lookOf(one.score)}>{t("score_of", { score: one.score })}</Badge>{" "}
          <q lang={langOf(one.text)}>{one.text}</q>{" "}
          <span class="t3 nowrap">
            {channelName(one.channel)}, {clockTime(one.at)}
          </span>
        </div>
      ))}
    </>
  );
}
