/** Whether this agent takes calls on this computer, and with which state a shift begins. */
import { computed, effect, signal } from "@preact/signals";
import { ofTab, recall, remember } from "../../lib/memory.ts";
import { isChecked } from "../../softphone/check/checked.ts";
import { phone } from "../../softphone/phone.ts";
import { loadPhones, takeStartAt } from "../../softphone/where.ts";
import { done } from "../../feed/index.ts";
import { feed, me } from "../model/store.ts";

const OFF = "phone.off";
const START_AS = "phone.start_as";

/** Calls were switched off on this page, and stay so. */
export const isSwitchedOff = signal(recall(OFF, ofTab) !== null);

/** The agent may be offered calls at all. */
export const takesCalls = computed(
  () => me.value?.channels.some((one) => one.channel === "phone") ?? false,
);

/** The phone is up with the desk after a check on this computer, and from the moment the agent is
 * available: who may be offered a call can take it. It stays off once it was switched off here. */
export function startIfReady(): void {
  effect(() => {
    const mine = me.value;
    const isHere = mine?.phone.device === "browser";
    const wanted = isHere && (isChecked() || mine.presence === "available");
    if (wanted && takesCalls.value && !isSwitchedOff.value) phone.start();
    if (mine && !isHere) phone.stop();
  });
  effect(() => {
    if (takesCalls.value) void loadPhones();
  });
  const stop = me.subscribe((mine) => {
    if (mine === null) return;
    queueMicrotask(() => stop());
    startAs();
  });
}

export function startPhone(): void {
  remember(OFF, null, ofTab);
  isSwitchedOff.value = false;
  phone.start();
}

export function stopPhone(): void {
  remember(OFF, "1", ofTab);
  isSwitchedOff.value = true;
  phone.stop();
}

/** Take calls at an approved telephone from now on; null: in this browser. */
export async function takeCallsAt(phoneId: string | null): Promise<void> {
  if (!done(await feed.send("choose_phone", { phone_id: phoneId }))) return;
  if (phoneId === null) startPhone();
  await loadPhones();
}

/** Presence and telephone chosen in the check before the shift, once. */
function startAs(): void {
  const presence = recall(START_AS, ofTab);
  remember(START_AS, null, ofTab);
  const phoneId = takeStartAt();
  if (phoneId !== undefined) void feed.send("choose_phone", { phone_id: phoneId });
  if (presence) void feed.send("set_presence", { presence, reason: "" });
}
