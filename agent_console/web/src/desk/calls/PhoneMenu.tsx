import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { PhoneState } from "../../softphone/softphone.ts";
import { markChecked } from "../../softphone/check/checked.ts";
import { DeviceCheck } from "../../softphone/check/DeviceCheck.tsx";
import type { Heard } from "../../softphone/check/useMicrophone.ts";
import { phone } from "../../softphone/phone.ts";
import { t } from "../../softphone/texts.ts";
import { hasChoice, phones } from "../../softphone/where.ts";
import { Banner, Button, Dialog, Icon, Menu, type MenuItem } from "../../ui/index.ts";
import { me, setup } from "../model/store.ts";
import { askToDial } from "./DialDialog.tsx";
import { startPhone, stopPhone, takeCallsAt, takesCalls } from "./ready.ts";

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
  const outside = me.value?.phone.device === "outside" ? (me.value.phone.number ?? "") : null;
  const state = phone.state.value;
  const word =
    outside === null ? t(`phone_${state}`) : t("phone_outside", { number: outside });
  const look = outside === null ? LOOK[state] : "pr-available";
  return (
    <>
      <Menu
        class="phone-menu"
        label={t("phone_menu", { state: word })}
        title={word}
        items={outside === null ? choices(state) : [...wherever(), ...always()]}
      >
        <Icon name={outside === null ? "headset" : "phone"} />
        <span class={`dot pr ${look}`} />
        {(outside !== null || state !== "up") && <span class="t12 t2 hide-s">{word}</span>}
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
  return [...items, ...wherever(), ...always()];
}

/** In the browser or at an approved telephone; nothing where there is no choice. */
function wherever(): MenuItem[] {
  if (!hasChoice()) return [];
  const { phones: approved, chosen } = phones.value;
  const item = (id: string | null, label: string): MenuItem => ({
    id: `at ${id ?? ""}`,
    label,
    mark: <Icon name={id === null ? "headset" : "phone"} />,
    checked: chosen === id,
    hint: chosen === id ? <Icon name="check" size={14} /> : undefined,
    onPick: () => void takeCallsAt(id),
  });
  const browser = { ...item(null, t("this_browser")), heading: t("take_calls_with") };
  return [browser, ...approved.map((one) => item(one.id, one.number))];
}

function always(): MenuItem[] {
  const items: MenuItem[] = [];
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
