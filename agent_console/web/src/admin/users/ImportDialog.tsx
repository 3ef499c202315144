import { useState } from "preact/hooks";
import { HttpProblem } from "../../lib/http.ts";
import { Banner, Button, Dialog, Field, Meter } from "../../ui/index.ts";
import { sayProblem, wordsOf } from "../frame/problem.ts";
import { load } from "./model.ts";
import { base64Of, bringIn, csvOf, judge, MOST_BYTES, type SheetRow } from "./sheet.ts";
import { t } from "./texts.ts";

type Phase =
  | { at: "choose" }
  | { at: "judged"; file: string; rows: SheetRow[] }
  | { at: "working"; rows: SheetRow[]; of: number }
  | { at: "done"; rows: SheetRow[] };

/** Choose a file, see row by row what it would do, then bring it in. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [phase, setPhase] = useState<Phase>({ at: "choose" });
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      if (file.size > MOST_BYTES) throw new HttpProblem(413, "too_large", null);
      const text = await base64Of(file);
      setPhase({ at: "judged", file: text, rows: await judge(text) });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const start = async (): Promise<void> => {
    if (phase.at !== "judged") return;
    let done: SheetRow[] = [];
    setPhase({ at: "working", rows: [], of: phase.rows.length });
    try {
      await bringIn(phase.file, (rows, of) => {
        done = rows;
        setPhase({ at: "working", rows, of });
      });
    } catch (problem) {
      sayProblem(problem);
    }
    setPhase({ at: "done", rows: done });
    await load();
  };
  return (
    <Dialog
      title={t("import")}
      size="l"
      onClose={() => phase.at !== "working" && onClose()}
      onSubmit={() => void (phase.at === "judged" ? start() : onClose())}
      footer={<Foot phase={phase} onClose={onClose} />}
    >
      <Body phase={phase} onFile={(file) => void choose(file)} />
    </Dialog>
  );
}

function Body({ phase, onFile }: { phase: Phase; onFile: (file: File | undefined) => void }) {
  switch (phase.at) {
    case "choose":
      return <Choose onFile={onFile} />;
    case "judged":
      return (
        <>
          <Banner icon="info">{t("judged", counts(phase.rows))}</Banner>
          <Rows rows={phase.rows} />
        </>
      );
    case "working":
      return (
        <div role="status">
          <p class="t2">{t("working", { done: phase.rows.length, of: phase.of })}</p>
          <Meter share={phase.rows.length / Math.max(1, phase.of)} label={t("import")} />
        </div>
      );
    case "done":
      return (
        <>
          <Banner tone="ok" icon="check" role="status">
            {t("brought_in", counts(phase.rows))}
          </Banner>
          <Banner icon="key">{t("passwords_once")}</Banner>
          <Rows rows={phase.rows} />
        </>
      );
  }
}

function Choose({ onFile }: { onFile: (file: File | undefined) => void }) {
  return (
    <>
      <Field label={t("file")} hint={t("file_hint")}>
        {(attributes) => (
          <input
            {...attributes}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => onFile(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      <pre class="admin-sample">{SAMPLE}</pre>
    </>
  );
}

const SAMPLE =
  "login,name,name_zh,roles,team,skills,queues,capacity\n" +
  "a.osei,Amara Osei,欧雅晴,agent,harbour,cards:5 lang:en:5,cards messages,6";

function Rows({ rows }: { rows: readonly SheetRow[] }) {
  return (
    <div class="admin-rows" tabIndex={0} role="region" aria-label={t("row_by_row")}>
      <table class="tbl">
        <thead>
          <tr>
            <th scope="col" class="num">
              {t("line")}
            </th>
            <th scope="col">{t("login")}</th>
            <th scope="col">{t("outcome")}</th>
            <th scope="col">{t("why")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td class="num tnum">{row.line}</td>
              <td>{row.login}</td>
              <td>{t(`outcome_${row.outcome}`)}</td>
              <td title={row.detail}>{row.code && wordsOf(row.code)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Foot({ phase, onClose }: { phase: Phase; onClose: () => void }) {
  const able = phase.at === "judged" && phase.rows.some((row) => row.outcome !== "refused");
  return (
    <>
      {phase.at === "done" && (
        <Button icon="download" onClick={() => save(csvOf(phase.rows))}>
          {t("save_report")}
        </Button>
      )}
      {phase.at !== "working" && <Button onClick={onClose}>{t("close")}</Button>}
      {able && (
        <Button kind="primary" type="submit">
          {t("bring_in")}
        </Button>
      )}
    </>
  );
}

function counts(rows: readonly SheetRow[]): Record<string, number> {
  const of = (outcome: SheetRow["outcome"]): number =>
    rows.filter((row) => row.outcome === outcome).length;
  return {
    added: of("added"),
    changed: of("changed"),
    unchanged: of("unchanged"),
    refused: of("refused"),
  };
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "users.csv" });
  link.click();
  URL.revokeObjectURL(url);
}
