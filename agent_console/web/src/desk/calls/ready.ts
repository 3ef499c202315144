/** Whether this agent takes calls on this computer, and with which state a shift begins. */
import { computed } from "@preact/signals";
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

/** After a check on this computer the phone is up with the desk, until it is switched off. */
export function startIfReady(): void {
  const stop = me.subscribe((mine) => {
    if (mine === null) return;
    queueMicrotask(() => stop());
    if (takesCalls.peek() && isChecked() && recall(OFF, ofTab) === null) phone.start();
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
