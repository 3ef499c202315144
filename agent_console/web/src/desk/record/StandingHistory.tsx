/** Where the customer stood before: dated, with the reason that the rules gave then. */
import { useState } from "preact/hooks";
import type { ScreenPop, StandingLine } from "../../contract.ts";
import { both, exactTime, shortDay } from "../../i18n/index.ts";
import { contacts, feed } from "../model/store.ts";
import { segmentName } from "../model/names.ts";
import { t } from "../texts.ts";
import { lifecycleName } from "./lifecycleName.ts";

interface Props {
  record: ScreenPop;
  /** Known already for a record that was opened by search; else read when it is unfolded. */
  lines?: readonly StandingLine[] | undefined;
}

/** An offer that is only looked at has none. */
export function StandingHistory({ record, lines }: Props) {
  const id = record.contact_id;
  if (!lines && !(id in contacts.value)) return null;
  return <Unfolding key={record.customer?.id} contactId={id} known={lines} />;
}

type Lines = readonly StandingLine[] | "failed" | null;

function Unfolding({ contactId, known }: { contactId: string; known: Props["lines"] }) {
  const [lines, setLines] = useState<Lines>(known ?? null);
  const load = async (): Promise<void> => {
    const args = { contact_id: contactId };
    const answer = await feed.send<{ lines: StandingLine[] }>("standing_history", args);
    setLines(answer.ok ? answer.result.lines : "failed");
  };
  const unfold = (event: { currentTarget: HTMLDetailsElement }): void => {
    if (event.currentTarget.open && !known) void load();
  };
  return (
    <details class="sec standing" onToggle={unfold}>
      <summary class="fw6">{t("standing_history")}</summary>
      <Shown lines={lines} onAgain={() => void load()} />
    </details>
  );
}

function Shown({ lines, onAgain }: { lines: Lines; onAgain: () => void }) {
  if (lines === null) return <p class="t12 t3">{t("loading")}</p>;
  if (lines === "failed") {
    return (
      <p class="t12 t3" role="alert">
        {t("standing_failed")}{" "}
        <button type="button" class="linkish" onClick={onAgain}>
          {t("try_again")}
        </button>
      </p>
    );
  }
  if (lines.length === 0) return <p class="t12 t3">{t("standing_none")}</p>;
  return (
    <ol class="standing-lines">
      {lines.map((one, at) => (
        <li key={at}>
          <div class="row">
            <b class="fw6">{t(`standing_${one.field}`)}</b>
            <span>
              {word(one, "before")} → {word(one, "after")}
            </span>
            <time class="push t12 t3" title={exactTime(one.at)}>
              {shortDay(one.at)}
            </time>
          </div>
          <p class="t12 t2">{both(one.why)}</p>
        </li>
      ))}
    </ol>
  );
}

function word(one: StandingLine, which: "before" | "after"): string {
  const { code, name } = one[which];
  if (name) return both(name);
  if (one.field === "segment") return segmentName(code) || "–";
  if (one.field === "lifecycle") return lifecycleName(code) || "–";
  return code || "–";
}
