/** Who took which alert on today. */
import { useState } from "preact/hooks";
import type { TakenView } from "../../contract.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Button, Dialog, Empty, IconButton } from "../../ui/index.ts";
import { LOOK } from "../model/alerts.ts";
import { agentName, queueName } from "../model/names.ts";
import { agents, taken, tiles } from "../model/store.ts";
import { t as words } from "../texts.ts";
import { t } from "./texts.ts";

export function History() {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <span class="push">
      <IconButton icon="history" label={t("history")} onClick={() => setOpen(true)} />
      {open && (
        <Dialog
          title={t("history")}
          onClose={close}
          footer={<Button onClick={close}>{t("close")}</Button>}
        >
          <List />
        </Dialog>
      )}
    </span>
  );
}

function List() {
  if (taken.value.length === 0) return <Empty icon="check" title={t("nothing")} />;
  return (
    <ul class="said">
      {taken.value.map((one) => (
        <li key={`${one.alert_id} ${one.at}`}>
          <div>
            <p class="fw6">{aboutWhat(one)}</p>
            <p class="t12 t3">
              {[t("taken", { name: both(one.by), time: clockTime(one.at) }), one.note]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The alert may be over: its kind, and the queue or agent it was about. */
function aboutWhat({ kind, about }: TakenView): string {
  if (!(kind in LOOK)) return kind;
  const queue = about in tiles.value ? queueName(about) : "";
  const agent = about in agents.value ? agentName(about) : "";
  return [words(`kind_${kind}`), queue || agent].filter(Boolean).join(" · ");
}
