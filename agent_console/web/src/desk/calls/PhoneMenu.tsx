import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { PhoneState } from "../../softphone/softphone.ts";
import { markChecked } from "../../softphone/check/checked.ts";
import { DeviceCheck } from "../../softphone/check/DeviceCheck.tsx";
import type { Heard } from "../../softphone/check/useMicrophone.ts";
import { phone } from "../../softphone/phone.ts";
import { t } from "../../softphone/texts.ts";
import { Banner, Button, Dialog, Icon, Menu, type MenuItem } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { askToDial } from "./DialDialog.tsx";
import { startPhone, stopPhone, takesCalls } from "./ready.ts";

const checking = signal(false);

const LOOK: Record<PhoneState, string> = {
  down: "pr-offline",
  connecting: "pr-break",
  up: "pr-available",
  in_call: "pr-busy",
  blocked: "dot-bad",
  elsewhere: "pr-offline",
};

/** The phone of this desk in the top bar: is it ready, turn it on or off, check it, call. */
export function PhoneMenu() {
  if (!takesCalls.value) return null;
  const state = phone.state.value;
  const word = t(`phone_${state}`);
  return (
    <>
      <Menu
        class="phone-menu"
        label={t("phone_menu", { state: word })}
        title={word}
        items={choices(state)}
      >
        <Icon name="headset" />
        <span class={`dot pr ${LOOK[state]}`} />
        {state !== "up" && <span class="t12 t2 hide-s">{word}</span>}
      </Menu>
      {checking.value && <CheckDialog />}
    </>
  );
}

function choices(state: PhoneState): MenuItem[] {
  const items: MenuItem[] = [];
  if (state === "down" || state === "blocked") {
    items.push({
      id: "on",
      label: t("turn_on"),
      mark: <Icon name="headset" />,
      onPick: () => {
        phone.stop();
        startPhone();
      },
    });
  } else if (state === "elsewhere") {
    items.push({
      id: "here",
      label: t("use_here"),
      mark: <Icon name="headset" />,
      onPick: () => {
        phone.stop();
        startPhone();
      },
    });
  } else if (state !== "in_call") {
    items.push({
      id: "off",
      label: t("turn_off"),
      mark: <Icon name="phone-off" />,
      onPick: stopPhone,
    });
  }
  items.push({
    id: "check",
    label: t("check_devices"),
    mark: <Icon name="pulse" />,
    onPick: () => (checking.value = true),
  });
  if (setup.value?.calls && setup.value.calls.numbers.length > 0) {
    items.push({
      id: "dial",
      label: t("dial_number"),
      mark: <Icon name="keypad" />,
      onPick: () => askToDial({}),
    });
  }
  return items;
}

/** The same check as before a shift; a passed one turns the phone on. */
function CheckDialog() {
  const [heard, setHeard] = useState<Heard>("asking");
  const close = (): void => {
    checking.value = false;
  };
  const ready = (): void => {
    markChecked();
    if (phone.state.value === "down" || phone.state.value === "blocked") startPhone();
    else void phone.changeMicrophone(true);
    close();
  };
  return (
    <Dialog
      title={t("ready_title")}
      onClose={close}
      onSubmit={ready}
      footer={
        <Button kind="primary" type="submit">
          {t("turn_on")}
        </Button>
      }
    >
      {heard === "refused" && (
        <Banner tone="bad" icon="mic-off">
          {t("mic_help")}
        </Banner>
      )}
      <DeviceCheck onHeard={setHeard} />
    </Dialog>
  );
}
