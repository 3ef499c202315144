import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { SwitchView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Button, channelName, Dialog, Empty, toast } from "../../ui/index.ts";
import { feed, may, switches } from "../model/store.ts";
import { SwitchForm } from "./SwitchForm.tsx";
import { partName, t } from "./texts.ts";

export const switching = signal(false);

export const openSwitches = (): void => {
  switching.value = may("steer_contacts");
};

const close = (): void => {
  switching.value = false;
};

/** What of self-service is off now, each with "on again", and a new one. */
export function SwitchDialog() {
  const [writes, setWrites] = useState(false);
  if (writes) return <SwitchForm onClose={() => setWrites(false)} />;
  return (
    <Dialog
      title={t("title")}
      size="m"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t("close")}</Button>
          <Button kind="primary" onClick={() => setWrites(true)}>
            {t("switch_off")}
          </Button>
        </>
      }
    >
      {switches.value.length === 0 ? (
        <Empty icon="bot" title={t("none_off")} text={t("none_off_more")} />
      ) : (
        <ul class="said">
          {switches.value.map((one) => (
            <Off key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Off({ one }: { one: SwitchView }) {
  const turnOn = async (): Promise<void> => {
    const answer = await feed.send("switch_on", { switch_id: one.id });
    if (done(answer)) toast({ tone: "ok", title: t("is_on") });
  };
  const where = one.channel ? channelName(one.channel) : t("all_channels");
  const who = t("says", { name: both(one.by), time: clockTime(one.until_at) });
  const name = partName(one.kind, one.name);
  return (
    <li>
      <div class="grow">
        <p class="fw6">
          {one.kind === "errand" ? t("errand_of", { name }) : name} · {where}
        </p>
        <p>{one.reason}</p>
        <p class="t12 t3">{who}</p>
      </div>
      <Button size="s" onClick={() => void turnOn()}>
        {t("on_again")}
      </Button>
    </li>
  );
}
