import { useEffect, useState } from "preact/hooks";
import type { ContactsAnswer, DayReport, ReportContact } from "../contract/reports.ts";
import { both, clockTime, number } from "../i18n/index.ts";
import { Button, channelName, Empty, Input, Skeleton } from "../ui/index.ts";
import { time } from "./figures.ts";
import { agentName, chosen, queryOf, queueName, untilCounted } from "./model.ts";
import { t } from "./texts.ts";

const PAGE = 100;

/** One row per contact of a day, without any customer's name. */
export function ContactList({ found }: { found: DayReport }) {
  const [day, setDay] = useState(found.last);
  const [offset, setOffset] = useState(0);
  const { answer, failed, again } = useContacts(day, offset);
  const pick = (name: string): void => {
    setOffset(0);
    setDay(name);
  };
  return (
    <>
      {found.first !== found.last && (
        <div class="rep-day">
          <Input
            label={t("one_day_only")}
            type="date"
            value={day}
            min={found.first}
            max={found.last}
            onInput={(name) => name && pick(name)}
          />
        </div>
      )}
      {failed ? (
        <Empty icon="alert" title={t("report_failed")}>
          <Button icon="refresh" onClick={again}>
            {t("try_again")}
          </Button>
        </Empty>
      ) : !answer ? (
        <Skeleton lines={[90, 80, 85]} />
      ) : answer.total === 0 ? (
        <Empty icon="inbox" title={t("no_contacts")} text={t("nothing_more")} />
      ) : (
        <>
          <Rows rows={answer.contacts} />
          <Pager offset={offset} total={answer.total} onMove={setOffset} />
        </>
      )}
    </>
  );
}

function useContacts(day: string, offset: number) {
  const [answer, setAnswer] = useState<ContactsAnswer | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const { queue_id, team, channel } = chosen.value;
  useEffect(() => {
    let isIdle = false;
    setFailed(false);
    setAnswer(null);
    const query = queryOf({ day, offset, queue_id, team, channel });
    untilCounted<ContactsAnswer>(
      `/api/reports/contacts?${query}`,
      () => undefined,
      () => isIdle,
    )
      .then((told) => {
        if (told?.state === "failed") setFailed(true);
        else if (told) setAnswer(told);
      })
      .catch(() => isIdle || setFailed(true));
    return () => {
      isIdle = true;
    };
  }, [day, offset, queue_id, team, channel, tries]);
  return { answer, failed, again: () => setTries(tries + 1) };
}

const HEADS = [
  "reference",
  "arrived",
  "channel",
  "queue",
  "agent",
  "waited",
  "handling",
  "closed",
  "outcome",
  "score",
] as const;
const NUMBERS: readonly string[] = ["waited", "handling", "score"];

function Rows({ rows }: { rows: readonly ReportContact[] }) {
  return (
    <table class="tbl">
      <thead>
        <tr>
          {HEADS.map((key) => (
            <th key={key} scope="col" class={NUMBERS.includes(key) ? "num" : ""}>
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <th scope="row" class="mono">
              {one.reference}
            </th>
            <td class="tnum">{clockTime(one.arrived_at)}</td>
            <td>{channelName(one.channel)}</td>
            <td>{queueName(one.queue_id)}</td>
            <td>{agentName(one.agent_id)}</td>
            <td class="num">{time(one.wait_seconds)}</td>
            <td class="num">{time(one.handle_seconds)}</td>
            <td class="tnum">{one.closed_at === null ? "–" : clockTime(one.closed_at)}</td>
            <td>{outcomeOf(one)}</td>
            <td class="num">{one.score ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ENDINGS = ["handled", "contained", "abandoned", "failed"] as const;

function outcomeOf(one: ReportContact): string {
  if (one.outcome) return both(one.outcome);
  const ending = ENDINGS.find((code) => code === one.ending);
  return ending ? t(`ending_${ending}`) : t("still_open");
}

interface PagerProps {
  offset: number;
  total: number;
  onMove: (offset: number) => void;
}

function Pager({ offset, total, onMove }: PagerProps) {
  if (total <= PAGE) return null;
  const to = Math.min(offset + PAGE, total);
  return (
    <div class="row rep-pager">
      <span class="t12 t3 tnum" role="status">
        {t("page_of", { from: number(offset + 1), to: number(to), total: number(total) })}
      </span>
      <Button size="s" disabled={offset === 0} onClick={() => onMove(offset - PAGE)}>
        {t("earlier")}
      </Button>
      <Button size="s" disabled={to >= total} onClick={() => onMove(offset + PAGE)}>
        {t("later")}
      </Button>
    </div>
  );
}
