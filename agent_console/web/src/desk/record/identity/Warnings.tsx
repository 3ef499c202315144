import { useState } from "preact/hooks";
import type { ScreenPop } from "../../../contract.ts";
import { Banner, Button, IconButton } from "../../../ui/index.ts";
import { changeWarning, hasRight, mayProve } from "../../model/proof.ts";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { told } from "./refusal.ts";
import { t } from "./texts.ts";
import { removable, settable, warningMore, warningName } from "./warnings.ts";

/** What must be seen before anything is said; the heaviest on top. */
export function Warnings({ record }: { record: ScreenPop }) {
  const [removing, setRemoving] = useState<string | null>(null);
  const listed = record.customer?.warnings ?? [];
  const mine = mayProve(record.contact_id);
  const id = record.contact_id;
  return (
    <>
      {listed.map((kind) => (
        <Banner
          key={kind}
          tone={kind === "vulnerable" || kind === "complaint" ? "risk" : "bad"}
          icon="alert"
          class="in-pane warn"
        >
          <div class="grow">
            <b class="fw6">{warningName(kind)}</b>
            <p class="t12">{warningMore(kind)}</p>
          </div>
          {mine && removable(kind, hasRight) && (
            <IconButton
              icon="x"
              size={24}
              label={t("remove_warning", { name: warningName(kind) })}
              onClick={() => setRemoving(kind)}
            />
          )}
        </Banner>
      ))}
      {removing && (
        <ReasonDialog
          title={t("remove_warning_title", { name: warningName(removing) })}
          act={t("remove")}
          onClose={() => setRemoving(null)}
          onReason={async (reason) =>
            told(await changeWarning("remove_warning", id, removing, reason))
          }
        />
      )}
    </>
  );
}

/** The way to put one on the record; last on the tab, since it is rare. */
export function AddWarning({ record }: { record: ScreenPop }) {
  const [adding, setAdding] = useState(false);
  const able = settable(record.customer?.warnings ?? [], hasRight);
  const [kind, setKind] = useState("");
  if (!mayProve(record.contact_id) || able.length === 0) return null;
  const chosen = able.includes(kind) ? kind : (able[0] ?? "");
  return (
    <div class="sec">
      <Button size="s" kind="ghost" icon="flag" onClick={() => setAdding(true)}>
        {t("add_warning")}
      </Button>
      {adding && (
        <ReasonDialog
          title={t("add_warning_title")}
          act={t("save")}
          onClose={() => setAdding(false)}
          onReason={async (reason) =>
            told(await changeWarning("set_warning", record.contact_id, chosen, reason))
          }
        >
          <fieldset class="col">
            <legend class="lbl">{t("kind")}</legend>
            {able.map((one) => (
              <label key={one} class="choice">
                <input
                  type="radio"
                  name="kind"
                  checked={one === chosen}
                  onChange={() => setKind(one)}
                />
                {warningName(one)}
              </label>
            ))}
          </fieldset>
        </ReasonDialog>
      )}
    </div>
  );
}
