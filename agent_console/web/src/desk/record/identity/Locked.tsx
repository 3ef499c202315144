import { useState } from "preact/hooks";
import type { ScreenPop } from "../../../contract.ts";
import { exactTime, lang } from "../../../i18n/index.ts";
import { Button, Icon, toast } from "../../../ui/index.ts";
import { askHelp, hasRight, releaseLock } from "../../model/proof.ts";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { told } from "./refusal.ts";
import { t } from "./texts.ts";

/** Too many misses: until when, and the way out. */
export function Locked({ record }: { record: ScreenPop }) {
  const [asking, setAsking] = useState(false);
  const { contact_id: id, customer } = record;
  const name = (lang.value === "zh" && customer?.name_zh) || customer?.name || "";
  const help = async (): Promise<void> => {
    if (told(await askHelp(id))) toast({ tone: "ok", title: t("asked_supervisor") });
  };
  const release = async (reason: string): Promise<boolean> => {
    const isDone = told(await releaseLock(id, reason));
    if (isDone) toast({ tone: "ok", title: t("released") });
    return isDone;
  };
  return (
    <div class="locked" role="alert">
      <b class="fw6 row row-1">
        <Icon name="lock" size={14} />
        {t("locked")}
      </b>
      <p class="t12">{t("locked_until", { time: exactTime(record.identity.locked_until ?? 0) })}</p>
      {hasRight("release_proof") ? (
        <Button size="s" icon="key" onClick={() => setAsking(true)}>
          {t("release")}
        </Button>
      ) : (
        <Button size="s" icon="hand" onClick={() => void help()}>
          {t("ask_supervisor")}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={t("release_title", { name })}
          act={t("release")}
          onClose={() => setAsking(false)}
          onReason={release}
        >
          <p class="t2">{t("release_more")}</p>
        </ReasonDialog>
      )}
    </div>
  );
}
