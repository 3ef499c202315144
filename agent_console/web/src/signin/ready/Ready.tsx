import { useEffect, useState } from "preact/hooks";
import { ofTab, remember } from "../../lib/memory.ts";
import { markChecked } from "../../softphone/check/checked.ts";
import { DeviceCheck } from "../../softphone/check/DeviceCheck.tsx";
import { WhereSelect } from "../../softphone/check/WhereSelect.tsx";
import { t } from "../../softphone/texts.ts";
import { startAt } from "../../softphone/where.ts";
import { Banner, Button, Select } from "../../ui/index.ts";
import { SignInFrame } from "../SignInFrame.tsx";
import { t as signin } from "../texts.ts";

const STARTS = ["available", "break", "training", "offline"] as const;

/** Before the shift: is the headset there, is one heard, how far is the hub? */
export function Ready() {
  const [refused, setRefused] = useState(false);
  const [start, setStart] = useState<string>(STARTS[0]);
  useEffect(() => {
    document.title = `${t("ready_title")} · ${signin("product")}`;
  });
  const begin = (): void => {
    markChecked();
    remember("phone.start_as", start, ofTab);
    remember("phone.off", null, ofTab);
    location.assign("/console");
  };
  const skip = (): void => {
    remember("phone.off", "1", ofTab);
    location.assign("/console");
  };
  return (
    <SignInFrame>
      <h1>{t("ready_title")}</h1>
      <p class="t2 t14">{t("ready_more")}</p>
      {refused && (
        <Banner tone="bad" icon="mic-off">
          {t("mic_help")}
        </Banner>
      )}
      <DeviceCheck onHeard={(heard) => setRefused(heard === "refused")} />
      <form
        class="form ready-form"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <Select label={t("start_as")} value={start} onChange={setStart}>
          {STARTS.map((one) => (
            <option key={one} value={one}>
              {t(`start_${one}`)}
            </option>
          ))}
        </Select>
        <WhereSelect onChoose={startAt} />
        <Button kind="primary" size="xl" wide type="submit">
          {t("start_shift")}
        </Button>
        <Button kind="ghost" wide onClick={skip}>
          {t("skip_calls")}
        </Button>
      </form>
    </SignInFrame>
  );
}
