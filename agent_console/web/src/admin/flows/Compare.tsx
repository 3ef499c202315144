import { useEffect, useState } from "preact/hooks";
import { exactTime } from "../../i18n/index.ts";
import { Badge, Button, Dialog, Select, Skeleton } from "../../ui/index.ts";
import { close } from "./dialogs.ts";
import { chosen, compare, flow } from "./model.ts";
import { t } from "./texts.ts";
import type { Change } from "./types.ts";

/** null: not known yet; "failed": the hub did not answer. */
type Found = Change[] | null | "failed";

export function useChanges(version: number): Found {
  const [changes, setChanges] = useState<Found>(null);
  useEffect(() => {
    setChanges(null);
    compare(version).then(setChanges, () => setChanges("failed"));
  }, [version]);
  return changes;
}

/** What is different from a published version. */
export function Compare() {
  const here = flow.value!;
  const [version, setVersion] = useState(here.version);
  const changes = useChanges(version);
  return (
    <Dialog
      title={t("compare")}
      size="l"
      onClose={close}
      footer={<Button onClick={close}>{t("close")}</Button>}
    >
      <Select
        label={t("compare_with")}
        value={String(version)}
        onChange={(chosen) => setVersion(Number(chosen))}
      >
        {here.versions.map((one) => (
          <option key={one.number} value={String(one.number)}>
            {t("version", { version: one.number })}, {exactTime(one.at)}
          </option>
        ))}
      </Select>
      <ChangeList changes={changes} />
    </Dialog>
  );
}

const TONES = { added: "ok", removed: "bad", changed: "blue" } as const;

export function ChangeList({ changes }: { changes: Found }) {
  if (changes === null) return <Skeleton lines={[80, 90, 60]} />;
  if (changes === "failed") return <p class="t2">{t("no_answer")}</p>;
  if (changes.length === 0) return <p class="t2">{t("no_changes")}</p>;
  return (
    <ul class="flow-problems">
      {changes.map((one, index) => (
        <li key={index}>
          <button
            type="button"
            class="flow-row"
            onClick={() => {
              if (one.what !== "removed") chosen.value = one.node;
              close();
            }}
          >
            <Badge tone={TONES[one.what]}>{t(one.what)}</Badge>
            <span class="grow">
              <b>
                {one.node || t("whole_flow")} {one.at.join(" › ")}
              </b>
              {one.before && <del class="t12 t3">{one.before}</del>}
              {one.after && <ins class="t12">{one.after}</ins>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
