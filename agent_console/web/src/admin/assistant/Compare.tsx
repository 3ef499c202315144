import { useEffect } from "preact/hooks";
import { exactTime, number } from "../../i18n/index.ts";
import { matterName } from "../../i18n/matter.ts";
import { Badge, Empty, Icon, Skeleton } from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { Confusions } from "./Confusions.tsx";
import { comparison, draft, loadComparison } from "./model.ts";
import { t } from "./texts.ts";
import type { Change, Measured } from "./types.ts";

/** The draft's model beside the one in force, on sentences that neither has seen. */
export function Compare() {
  useEffect(() => void loadComparison().catch(sayProblem), [draft.value?.model]);
  const found = comparison.value;
  if (!found) return <Skeleton lines={[60, 90, 80, 70]} />;
  const { before, after, changes } = found;
  if (!after && !before) {
    return <Empty icon="chart" title={t("not_measured")} text={t("not_measured_why")} />;
  }
  const shown = after ?? before!;
  return (
    <>
      <p class="t12 t3">{t("compare_why", { count: number(shown.examples) })}</p>
      {draft.value && !after && <p class="t2">{t("not_measured_why")}</p>}
      <Figures before={before} after={after} />
      <h3>{t("confusions")}</h3>
      <Confusions of={shown} />
      {before && after && <Changes changes={changes} />}
    </>
  );
}

/** Better is more, but for errors. */
const ROWS = [
  { key: "accuracy", less: false },
  { key: "rejected", less: false },
  { key: "false_rejections", less: true },
  { key: "calibration_error", less: true },
] as const;
const SAME = 0.0005;

function Figures({ before, after }: { before: Measured | null; after: Measured | null }) {
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col">{t("figure")}</th>
          <th scope="col" class="num">
            {t("model_live")}
          </th>
          <th scope="col" class="num">
            {t("model_draft")}
          </th>
          <th scope="col" class="num">
            {t("difference")}
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ key, less }) => (
          <tr key={key}>
            <th scope="row">{t(`figure_${key}`)}</th>
            <td class="num tnum">{share(before?.[key])}</td>
            <td class="num tnum">{share(after?.[key])}</td>
            <td class="num">
              <Difference from={before?.[key]} to={after?.[key]} less={less} />
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("sentences_taught")}</th>
          <td class="num tnum">{before ? number(before.sentences) : "–"}</td>
          <td class="num tnum">{after ? number(after.sentences) : "–"}</td>
          <td class="num t12 t3">
            {after && whenTrained(after)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

const whenTrained = ({ trained_at, train_seconds }: Measured): string =>
  t("trained_in", { time: exactTime(trained_at), seconds: number(train_seconds, 1) });

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : `${number(value * 100, 1)} %`;

interface DifferenceProps {
  from: number | null | undefined;
  to: number | null | undefined;
  less: boolean;
}

function Difference({ from, to, less }: DifferenceProps) {
  if (typeof from !== "number" || typeof to !== "number") return <>–</>;
  const step = to - from;
  if (Math.abs(step) < SAME) return <Badge>{t("same")}</Badge>;
  const better = step > 0 !== less;
  return (
    <Badge tone={better ? "ok" : "bad"}>
      <Icon name={step > 0 ? "up" : "down"} size={12} />
      {number(Math.abs(step) * 100, 1)}
      <span class="sr">{t(better ? "better" : "worse")}</span>
    </Badge>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <>
      <h3>{t("changes", { count: changes.length })}</h3>
      {changes.length === 0 && <p class="t2">{t("no_changes")}</p>}
      <ul class="teach-changes">
        {changes.map((one) => (
          <li key={one.text}>
            <Badge tone={one.is_worse ? "bad" : one.is_better ? "ok" : "neutral"}>
              {t(one.is_worse ? "worse" : one.is_better ? "better" : "other")}
            </Badge>
            <span dir="auto">{one.text}</span>
            <span class="t12 t2">
              {named(one.before)} → {named(one.after)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const named = (intent: string): string => (intent ? matterName(intent) : t("none_of_ours"));
