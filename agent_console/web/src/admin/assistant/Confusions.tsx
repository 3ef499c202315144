import { number } from "../../i18n/index.ts";
import { matterName } from "../../i18n/matter.ts";
import { t } from "./texts.ts";
import type { Confusion, Measured } from "./types.ts";

const MOST = 10;

/** Who is taken for whom: a row is what was meant, a column what it was taken for. */
export function Confusions({ of }: { of: Measured }) {
  const pairs = of.confusions.slice(0, MOST * 2);
  if (pairs.length === 0) return <p class="t2">{t("no_confusions")}</p>;
  const columns = unique(pairs.map((one) => one.taken_for)).slice(0, MOST);
  const kept = pairs.filter((one) => columns.includes(one.taken_for));
  const rows = unique(kept.map((one) => one.is));
  const most = Math.max(...kept.map((one) => one.times));
  return (
    <div class="admin-scroll" role="region" aria-label={t("confusions")} tabIndex={0}>
      <table class="confusions">
        <thead>
          <tr>
            <th scope="col">{t("meant_taken")}</th>
            {columns.map((code) => (
              <th key={code} scope="col">
                <span>{matterName(code)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((meant) => (
            <tr key={meant}>
              <th scope="row">{matterName(meant)}</th>
              {columns.map((taken) => (
                <Cell key={taken} times={timesOf(kept, meant, taken)} most={most} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const unique = (codes: readonly string[]): string[] => [...new Set(codes)];

const timesOf = (pairs: readonly Confusion[], meant: string, taken: string): number =>
  pairs.find((one) => one.is === meant && one.taken_for === taken)?.times ?? 0;

function Cell({ times, most }: { times: number; most: number }) {
  return (
    <td class={times ? "tnum is-hit" : "tnum"} style={{ "--p": times / most }}>
      {times ? number(times) : ""}
    </td>
  );
}
