import { phone } from "../../softphone/phone.ts";
import type { PhoneState } from "../../softphone/softphone.ts";
import { Banner, Button } from "../../ui/index.ts";
import { me } from "../model/store.ts";
import { isSwitchedOff, startPhone, takesCalls } from "./ready.ts";
import { t } from "./texts.ts";

/** States that do not mend themselves in a moment. */
const SAYS: Partial<Record<PhoneState, "not_ready_down" | "not_ready_mic" | "not_ready_moment">> = {
  down: "not_ready_down",
  blocked: "not_ready_mic",
  elsewhere: "not_ready_down",
  connecting: "not_ready_moment",
};

/** The agent is available, but no call is offered: why, and what helps. */
export function NotReady() {
  const mine = me.value;
  if (!mine || !takesCalls.value || mine.presence !== "available" || mine.phone.ready) return null;
  const state = phone.state.value;
  const says = SAYS[state];
  if (!says || isSwitchedOff.value) return null;
  return (
    <Banner
      tone="risk"
      icon={state === "blocked" ? "mic-off" : "headset"}
      role="status"
      class="link-banner"
    >
      <div class="row">
        <span class="grow">{t(says)}</span>
        {state !== "connecting" && (
          <Button size="s" onClick={again}>
            {t(state === "elsewhere" ? "phone_here" : "turn_calls_on")}
          </Button>
        )}
      </div>
    </Banner>
  );
}

function again(): void {
  phone.stop();
  startPhone();
}
