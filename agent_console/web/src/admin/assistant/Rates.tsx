import { useEffect, useState } from "preact/hooks";
import { number, percent } from "../../i18n/index.ts";
import { matterName } from "../../i18n/matter.ts";
import { Button, Empty, Meter, Segmented, Skeleton } from "../../ui/index.ts";
import { days, loadRates, topics } from "./model.ts";
import { t } from "./texts.ts";
import type { Topic } from "./types.ts";

const SPANS = ["7", "28", "90"] as const;

/** What became of each matter that customers brought to the assistant. */
export function Rates() {
  const [failed, setFailed] = useState(false);
  const look = (): void => {
    setFailed(false);
    loadRates().catch(() => setFailed(true));
  };
  useEffect(look, [days.value]);
  return (
    <>
      <div class="admin-bar">
        <Segmented
          label={t("span")}
          items={SPANS.map((id) => ({ id, label: t("last_days", { count: Number(id) }) }))}
          chosen={String(days.value) as (typeof SPANS)[number]}
          onChoose={(id) => (days.value = Number(id))}
        />
        <span class="t12 t3">{t("rates_why")}</span>
      </div>
      {failed ? (
        <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
          <Button icon="refresh" onClick={look}>
            {t("try_again")}
          </Button>
        </Empty>
      ) : (
        <Table rows={topics.value} />
      )}
    </>
  );
}

const COLUMNS = ["contacts", "handed_over", "unsure"] as const;

function Table({ rows }: { rows: readonly Topic[] | null }) {
  if (!rows) return <Skeleton lines={[90, 85, 88, 70]} />;
  if (rows.length === 0) {
    return <Empty icon="chart" title={t("no_topics")} text={t("no_topics_why")} />;
  }
  return (
    <div class="admin-scroll" role="region" aria-label={t("tab_rates")} tabIndex={0}>
      <table class="tbl">
        <thead>
          <tr>
            <th scope="col">{t("matter")}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" class="num">
                {t(`col_${name}`)}
              </th>
            ))}
            <th scope="col">{t("col_contained")}</th>
            <th scope="col">{t("col_solved")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.intent}>
              <th scope="row">{matterName(one.intent)}</th>
              {COLUMNS.map((name) => (
                <td key={name} class="num tnum">
                  {number(one[name])}
                </td>
              ))}
              <td>
                <Share part={one.contained} of={one.contacts} label={t("col_contained")} />
              </td>
              <td>
                <Share
                  part={one.solved}
                  of={one.solved + one.repeated}
                  label={t("col_solved")}
                  more={one.pending ? t("pending", { count: one.pending }) : ""}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ShareProps {
  part: number;
  of: number;
  label: string;
  more?: string;
}

/** A share as a bar with its number; a dash while there is nothing to share. */
function Share({ part, of, label, more = "" }: ShareProps) {
  return (
    <span class="rate">
      {of > 0 ? (
        <>
          <Meter share={part / of} label={label} />
          <b class="tnum">{percent(part / of)}</b>
          <span class="t12 t3 tnum">
            {number(part)} / {number(of)}
          </span>
        </>
      ) : (
        <span class="t3">–</span>
      )}
      {more && <span class="t12 t3">{more}</span>}
    </span>
  );
}
