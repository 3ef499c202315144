/** What the desk does about calls without being asked. Started once, when the desk opens. */
import { effect } from "@preact/signals";
import { phone } from "../../softphone/phone.ts";
import { toast } from "../../ui/index.ts";
import { contacts } from "../model/store.ts";
import { muteWish } from "./acts.ts";
import { watchAdding } from "./adding.ts";
import { isMuted } from "./call.ts";
import { startIfReady } from "./ready.ts";
import { tellPhone } from "./telling.ts";
import { t } from "./texts.ts";

export function watchCalls(): void {
  watchAdding();
  effect(followMute);
  effect(saySwitched);
  startIfReady();
  tellPhone();
}

/** What the hub says of my Leg holds for the microphone too: after a reload, or a new call. */
function followMute(): void {
  const mine = Object.values(contacts.value).find(
    (one) => one.call !== null && one.call.state !== "ended" && one.my_role !== "wrap_up",
  );
  const told = mine?.call ? isMuted(mine.call) : false;
  if (!mine || muteWish.value === told) muteWish.value = null;
  phone.setMuted(muteWish.value ?? told);
}

let switched = 0;
function saySwitched(): void {
  const now = phone.switched.value;
  if (now > switched) toast({ tone: "risk", title: t("microphone_changed") });
  switched = now;
}
