/** The row at the bottom, in the same order always: end is last, apart and red. */
import type { JSX } from "preact";
import type { Call } from "../call.ts";
import { Icon, type IconName } from "../icons.tsx";
import { areCaptionsOn, isPadOpen, t } from "../page.ts";
import { openSettings } from "./Settings.tsx";

export function Controls({ call }: { call: Call }): JSX.Element {
  return (
    <div class="ph-f" role="toolbar" aria-label={t("controls")}>
      <Round
        icon="mic"
        name={t("mute")}
        pressed={call.muted.value}
        click={() => call.mute(!call.muted.value)}
      />
      <Round
        icon="keypad"
        name={t("keypad")}
        pressed={isPadOpen.value}
        click={() => (isPadOpen.value = !isPadOpen.value)}
      />
      <Round
        icon="chat"
        name={t("captions")}
        pressed={areCaptionsOn.value}
        click={() => (areCaptionsOn.value = !areCaptionsOn.value)}
      />
      <Round icon="sound" name={t("sound")} click={openSettings} />
      <Round icon="end" name={t("end")} kind=" rb-end" click={() => call.hangUp()} />
    </div>
  );
}

interface RoundProps {
  icon: IconName;
  name: string;
  click: () => void;
  pressed?: boolean;
  kind?: string;
}

const Round = ({ icon, name, click, pressed, kind = "" }: RoundProps): JSX.Element => (
  <button type="button" class={`rb${kind}`} aria-pressed={pressed} onClick={click}>
    <span>
      <Icon name={icon} />
    </span>
    {name}
  </button>
);
