/** Whether this agent takes calls on this computer, and with which state a shift begins. */
import { computed, effect } from "@preact/signals";
import { ofTab, recall, remember } from "../../lib/memory.ts";
import { isChecked } from "../../softphone/check/checked.ts";
import { phone } from "../../softphone/phone.ts";
import { feed, me } from "../model/store.ts";

const OFF = "phone.off";
const START_AS = "phone.start_as";

/** The agent may be offered calls at all. */
export const takesCalls = computed(
  () => me.value?.channels.some((one) => one.channel === "phone") ?? false,
);

/** The phone is up with the desk after a check on this computer, and from the moment the agent is
 * available: who may be offered a call can take it. It stays off once it was switched off here. */
export function startIfReady(): void {
  effect(() => {
    const mine = me.value;
    const wanted = mine !== null && (isChecked() || mine.presence === "available");
    if (wanted && takesCalls.value && recall(OFF, ofTab) === null) phone.start();
  });
  const stop = me.subscribe((mine) => {
    if (mine === null) return;
    queueMicrotask(() => stop());
    startAs();
  });
}

export function startPhone(): void {
  remember(OFF, null, ofTab);
  phone.start();
}

export function stopPhone(): void {
  remember(OFF, "1", ofTab);
  phone.stop();
}

/** The presence chosen in the check before the shift, once. */
function startAs(): void {
  const presence = recall(START_AS, ofTab);
  remember(START_AS, null, ofTab);
  if (presence) void feed.send("set_presence", { presence, reason: "" });
}
