/** The hub is told whether this page's phone is connected: no call is offered while it is not. */
import { effect } from "@preact/signals";
import { phone } from "../../softphone/phone.ts";
import { feed, me } from "../model/store.ts";
import { takesCalls } from "./ready.ts";

/** What was told over this connection; a new one is told anew. */
let told: boolean | null = null;

export function tellPhone(): void {
  effect(() => {
    const mine = me.value;
    const isUp = phone.state.value === "up" || phone.state.value === "in_call";
    const isLive = feed.link.value.phase === "live";
    if (!mine || !isLive || !takesCalls.value || mine.phone.device !== "browser") {
      told = null;
      return;
    }
    // another window may have said that its own phone is gone
    const isContradicted = isUp && !mine.phone.ready;
    if (told === isUp && !isContradicted) return;
    told = isUp;
    void feed.send("tell_phone", { on: isUp });
  });
}
