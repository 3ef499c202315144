/** Which alerts there were: when each began and ended, and who took it on, if anybody. */
import { useEffect, useState } from "preact/hooks";
import type { AlertSpell } from "../../contract.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Button, Dialog, Empty, IconButton, Input, Skeleton, Tick } from "../../ui/index.ts";
import { alerts } from "../model/store.ts";
import { aboutWhat, history, readDay, when } from "./history.ts";
import { t } from "./texts.ts";

export function History() {
  const [open, setOpen] = useState(false);
  return (
    <span class="push">
      <IconButton icon="history" label={t("history")} onClick={() => setOpen(true)} />
      {open && <Day onClose={() => setOpen(false)} />}
    </span>
  );
}

function Day({ onClose }: { onClose: () => void }) {
  const [day, setDay] = useState<string | null>(null);
  const [alone, setAlone] = useState(false);
  const now = history.value;
  // what calls, or is taken on, changes the history of today
  const signs = day === null && Object.values(alerts.value).map(signOf).sort().join(" ");
  useEffect(() => void readDay(day), [day, signs]);
  return (
    <Dialog
      title={t("history")}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <div class="row wrap row-3">
        <Input
          label={t("day")}
          type="date"
          value={day ?? (now.phase === "here" ? now.today : "")}
          onInput={(text) => setDay(text || null)}
        />
        <Tick label={t("only_alone")} checked={alone} onChange={setAlone} />
      </div>
      <List alone={alone} again={() => void readDay(day)} />
    </Dialog>
  );
}

const signOf = (one: { id: string; acknowledged: { at: number } | null }): string =>
  `${one.id}@${one.acknowledged?.at ?? ""}`;

function List({ alone, again }: { alone: boolean; again: () => void }) {
  const now = history.value;
  if (now.phase === "loading") return <Skeleton lines={[60, 80, 70]} />;
  if (now.phase === "failed") {
    return (
      <Empty icon="alert" title={t("no_history")}>
        <Button icon="refresh" size="s" onClick={again}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  const list = now.alerts.filter((one) => !alone || one.taken.length === 0);
  if (list.length === 0) {
    const isFiltered = now.alerts.length > 0;
    return <Empty icon="check" title={t(isFiltered ? "all_taken" : "nothing")} />;
  }
  return (
    <>
      <ul class="said" aria-label={t("history")}>
        {list.map((one) => (
          <Spell key={`${one.alert_id} ${one.began_at}`} spell={one} />
        ))}
      </ul>
      {now.cut && <p class="t12 t3">{t("cut", { count: now.alerts.length })}</p>}
    </>
  );
}

function Spell({ spell }: { spell: AlertSpell }) {
  return (
    <li>
      <div>
        <p class="fw6">{aboutWhat(spell)}</p>
        <p class="t12 t2">{when(spell)}</p>
        {spell.taken.length === 0 && <p class="t12 t3">{t("nobody")}</p>}
        {spell.taken.map((one) => (
          <p key={one.at} class="t12 t3">
            {[t("taken", { name: both(one.by), time: clockTime(one.at) }), one.note]
              .filter(Boolean)
              .join(" · ")}
          </p>
        ))}
      </div>
    </li>
  );
}
