import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Icon, type IconName } from "../../ui/index.ts";
import { chosenDevice, deviceName, devices, type Use } from "../microphone.ts";
import { t } from "../texts.ts";
import { measureNetwork, networkWord, type Distance } from "./network.ts";
import { playRing } from "./ringTone.ts";
import { useMicrophone, type Heard } from "./useMicrophone.ts";
import "./check.css";

/** Headset, microphone, loudspeaker, network: each line says how it is and offers one thing. */
export function DeviceCheck({ onHeard }: { onHeard?: (heard: Heard) => void }) {
  const { level, heard } = useMicrophone();
  useEffect(() => onHeard?.(heard.value), [heard.value]);
  return (
    <ul class="check">
      <Headset heard={heard.value} />
      <Line
        icon="mic"
        title={t("microphone")}
        state={heard.value === "heard" ? "ok" : isBad(heard.value) ? "bad" : "open"}
        text={t(`mic_${heard.value}`)}
      >
        <Level level={level.value} />
      </Line>
      <Speaker />
      <Network />
    </ul>
  );
}

const isBad = (heard: Heard): boolean => heard === "refused" || heard === "failed";

interface LineProps {
  icon: IconName;
  title: string;
  text: string;
  state: "open" | "ok" | "risk" | "bad";
  children?: ComponentChildren;
}

function Line({ icon, title, text, state, children }: LineProps) {
  return (
    <li class={`check-line check-${state}`}>
      <Icon name={icon} size={18} />
      <div class="grow">
        <b class="fw6">{title}</b>
        <p class="t12" role="status">
          {text}
        </p>
      </div>
      {children}
    </li>
  );
}

/** What the browser uses, and another one by choice. */
function Headset({ heard }: { heard: Heard }) {
  const [open, setOpen] = useState(false);
  const name = deviceName("microphone");
  return (
    <>
      <Line
        icon="headset"
        title={t("headset")}
        text={name || t(isBad(heard) ? "headset_none" : "headset_usual")}
        state={isBad(heard) ? "bad" : name ? "ok" : "open"}
      >
        <Button size="s" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("change")}
        </Button>
      </Line>
      {open && (
        <li class="check-choice">
          <DeviceSelect use="microphone" />
          <DeviceSelect use="speaker" />
          <DeviceSelect use="ringer" />
        </li>
      )}
    </>
  );
}

export function DeviceSelect({ use }: { use: Use }) {
  const list = devices.value[use];
  const known = list.some((one) => one.id === chosenDevice[use].value);
  return (
    <label class="field">
      <span class="lbl">{t(`use_${use}`)}</span>
      <select
        class="in"
        value={known ? chosenDevice[use].value : ""}
        onChange={(event) => (chosenDevice[use].value = event.currentTarget.value)}
      >
        <option value="">{t("system_choice")}</option>
        {list.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  );
}

const BARS = 7;

/** The voice as bars. The words of the line say the same. */
function Level({ level }: { level: number }) {
  const lit = Math.round(level * BARS);
  return (
    <span class="level" aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        <i key={index} class={index < lit ? "on" : ""} />
      ))}
    </span>
  );
}

function Speaker() {
  const [playing, setPlaying] = useState(false);
  const play = async (): Promise<void> => {
    setPlaying(true);
    await playRing(chosenDevice.ringer.peek());
    setPlaying(false);
  };
  return (
    <Line icon="volume" title={t("speaker")} text={t("speaker_more")} state="ok">
      <Button
        size="s"
        icon="play"
        aria-disabled={playing}
        onClick={() => !playing && void play()}
      >
        {t("play")}
      </Button>
    </Line>
  );
}

const LOOK = { good: "ok", late: "risk", shaky: "risk" } as const;

function Network() {
  const [found, setFound] = useState<Distance | "measuring" | "away">("measuring");
  const measure = (): void => {
    setFound("measuring");
    measureNetwork().then(setFound, () => setFound("away"));
  };
  useEffect(measure, []);
  const done = typeof found === "object";
  const text = done
    ? t(`network_${networkWord(found)}`, { delay: found.delay_ms })
    : t(`network_${found}`);
  const state = done ? LOOK[networkWord(found)] : found === "away" ? "bad" : "open";
  return (
    <Line icon="pulse" title={t("network")} text={text} state={state}>
      <Button size="s" aria-disabled={found === "measuring"} onClick={measure}>
        {t("test_again")}
      </Button>
    </Line>
  );
}
