import { useEffect, useState } from "preact/hooks";
import type { Both } from "../../../contract.ts";
import { both, exactTime } from "../../../i18n/index.ts";
import { http } from "../../../lib/http.ts";
import { Button } from "../../../ui/index.ts";
import { me } from "../../model/store.ts";
import { undoMerge } from "./MergeDialog.tsx";
import { chosenCandidate } from "./model.ts";
import { t } from "./texts.ts";

interface Merge {
  id: string;
  by: Both | null;
  at: number;
}

/** Records that became part of this one, for who may take them apart. */
export function Merges({ customerId }: { customerId: string }) {
  const [merges, setMerges] = useState<readonly Merge[]>([]);
  const may = me.value?.rights.includes("merge_customers") ?? false;
  useEffect(() => {
    if (!may) return;
    http<{ merges: Merge[] }>("POST", "/api/customers/merges", { customer_id: customerId }).then(
      (found) => setMerges(found.merges),
      () => setMerges([]),
    );
  }, []);
  if (merges.length === 0) return null;
  const apart = async (one: Merge): Promise<void> => {
    if (await undoMerge(one.id, t("take_apart"))) chosenCandidate.value = null;
  };
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("merges")}</h3>
      </div>
      {merges.map((one) => (
        <p key={one.id} class="row merge-line">
          <span class="t2">
            {t("merged_by", { name: one.by ? both(one.by) : "", when: exactTime(one.at) })}
          </span>
          <Button size="s" class="push" onClick={() => void apart(one)}>
            {t("take_apart")}
          </Button>
        </p>
      ))}
    </section>
  );
}
