import { useEffect, useState } from "preact/hooks";
import { http, HttpProblem } from "../../../lib/http.ts";
import { Banner, Button, Dialog, Input, Skeleton, toast } from "../../../ui/index.ts";
import { segmentName } from "../../model/names.ts";
import { chosenCandidate, mergeTarget, nameOf, searchNow, type Candidate } from "./model.ts";
import { t } from "./texts.ts";

type Side = "kept" | "merged";
interface Compared {
  field: string;
  kept: string;
  merged: string;
  same: boolean;
  takes: Side;
}
interface Preview {
  kept: { number: string };
  merged: { number: string };
  fields: Compared[];
}
interface MergeDialogProps {
  kept: Candidate;
  merged: Candidate;
  onClose: () => void;
}

/** Undo a merge; says whether it could be done. */
export async function undoMerge(mergeId: string, reason: string): Promise<boolean> {
  try {
    await http("POST", "/api/customers/merge/undo", { merge_id: mergeId, reason });
    toast({ tone: "ok", title: t("merge_undone") });
    searchNow();
    return true;
  } catch {
    toast({ tone: "bad", title: t("failed"), text: t("changed_since") });
    return false;
  }
}

async function mergeNow(body: object): Promise<boolean> {
  try {
    const made = await http<{ merge_id: string }>("POST", "/api/customers/merge", body);
    const again = (): void => void undoMerge(made.merge_id, t("merge_undo_reason"));
    const action = { label: t("undo"), run: again };
    toast({ tone: "ok", title: t("merge_done"), seconds: 60, action });
    mergeTarget.value = null;
    chosenCandidate.value = null;
    searchNow();
    return true;
  } catch (problem) {
    const text = problem instanceof HttpProblem ? t("failed_conflict") : t("failed_offline");
    toast({ tone: "bad", title: t("failed"), text });
    return false;
  }
}

/** Both records side by side; for each field that differs, which value stays. */
export function MergeDialog({ kept, merged, onClose }: MergeDialogProps) {
  const [preview, setPreview] = useState<Preview | "loading" | "failed">("loading");
  const [sides, setSides] = useState<Record<string, Side>>({});
  const [reason, setReason] = useState("");
  const [short, setShort] = useState(false);
  useEffect(() => {
    const pair = { kept_id: kept.id, merged_id: merged.id };
    http<Preview>("POST", "/api/customers/merge/preview", pair).then(
      (found) => {
        setPreview(found);
        setSides(Object.fromEntries(found.fields.map((one) => [one.field, one.takes])));
      },
      () => setPreview("failed"),
    );
  }, []);
  const submit = async (): Promise<void> => {
    if (reason.trim().length < 3) return setShort(true);
    const body = { kept_id: kept.id, merged_id: merged.id, choices: sides, reason: reason.trim() };
    if (await mergeNow(body)) onClose();
  };
  return (
    <Dialog
      title={t("merge_title")}
      size="l"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" aria-disabled={typeof preview === "string"}>
            {t("merge_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("merge_more")}</p>
      {preview === "loading" && <Skeleton lines={[90, 90, 90, 90]} />}
      {preview === "failed" && (
        <Banner tone="bad" icon="alert" role="alert">
          {t("failed_conflict")}
        </Banner>
      )}
      {typeof preview === "object" && (
        <Comparison
          preview={preview}
          names={{ kept: nameOf(kept), merged: nameOf(merged) }}
          sides={sides}
          onChoose={(field, side) => setSides({ ...sides, [field]: side })}
        />
      )}
      <Input
        label={t("reason")}
        value={reason}
        onInput={setReason}
        error={short && reason.trim().length < 3 ? t("reason_short") : null}
        required
      />
    </Dialog>
  );
}

interface ComparisonProps {
  preview: Preview;
  names: Record<Side, string>;
  sides: Record<string, Side>;
  onChoose: (field: string, side: Side) => void;
}

function Comparison({ preview, names, sides, onChoose }: ComparisonProps) {
  return (
    <table class="tbl merge-tbl">
      <thead>
        <tr>
          <th scope="col">{t("field")}</th>
          <th scope="col">
            {t("kept")}: {names.kept} {preview.kept.number}
          </th>
          <th scope="col">
            {t("merged")}: {names.merged} {preview.merged.number}
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.fields.map((one) => (
          <Line
            key={one.field}
            one={one}
            side={sides[one.field] ?? one.takes}
            onChoose={(side) => onChoose(one.field, side)}
          />
        ))}
      </tbody>
    </table>
  );
}

const FIELDS = [
  "name", "name_zh", "phone", "email", "id_number", "birth_date", "address", "segment",
  "lifecycle", "language", "since_year",
] as const; // prettier-ignore

const fieldName = (code: string): string => {
  const known = FIELDS.find((one) => one === code);
  return known ? t(`f_${known}`) : code;
};

interface LineProps {
  one: Compared;
  side: Side;
  onChoose: (side: Side) => void;
}

function Line({ one, side, onChoose }: LineProps) {
  if (!one.kept && !one.merged) return null;
  const cell = (which: Side) => {
    const value = one.field === "segment" ? segmentName(one[which]) : one[which];
    if (one.same) return <td>{which === "kept" ? value : <span class="t3">{t("same")}</span>}</td>;
    return (
      <td>
        <label class="tick">
          <input
            type="radio"
            name={`merge-${one.field}`}
            checked={side === which}
            onChange={() => onChoose(which)}
          />
          {value || <span class="t3">{t("empty_value")}</span>}
        </label>
      </td>
    );
  };
  return (
    <tr>
      <th scope="row">{fieldName(one.field)}</th>
      {cell("kept")}
      {cell("merged")}
    </tr>
  );
}
