/** A supervisor on a call: hears it, whispers to its agent, or talks with both. */
import { effect } from "@preact/signals";
import type { ContactView, WallContact } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { phone } from "../../softphone/phone.ts";
import { toast } from "../../ui/index.ts";
import { feed, me } from "../model/store.ts";
import { stop, watchedId } from "../model/watch.ts";
import { t } from "./texts.ts";

export type Mode = "listen" | "coach" | "talk";
export const MODES: readonly Mode[] = ["listen", "coach", "talk"];

export const canListen = (one: WallContact): boolean =>
  one.channel === "phone" && one.state === "assigned" && one.agent_id !== me.value?.id;

/** How this viewer is on the call; null: reads it only. */
export const modeOf = (contact: ContactView): Mode | null =>
  contact.call?.legs.find((leg) => leg.is_mine && leg.state !== "ended")?.role ?? null;

const PHONE_SECONDS = 10;

/** Be on the call in this way; the phone of this page comes up first. */
export async function listen(contactId: string, mode: Mode): Promise<void> {
  if (!(await phoneIsUp())) {
    toast({ tone: "bad", title: t("no_phone") });
    return;
  }
  if (!done(await feed.send("monitor_call", { contact_id: contactId, mode }))) return;
  watchedId.value = contactId;
}

/** Step off the line; what is read closes with it, and the desk may have the phone again. */
export async function hangUp(contact: ContactView): Promise<void> {
  if (modeOf(contact) === null) return stop(contact.id);
  if (done(await feed.send("leave_call", { contact_id: contact.id }))) phone.stop();
}

const isUp = (): boolean => phone.state.value === "up" || phone.state.value === "in_call";

function phoneIsUp(): Promise<boolean> {
  phone.start();
  return new Promise((done) => {
    const timer = setTimeout(() => settle(false), PHONE_SECONDS * 1000);
    const end = effect(() => {
      if (isUp()) queueMicrotask(() => settle(true));
      else if (phone.state.value === "blocked") queueMicrotask(() => settle(false));
    });
    const settle = (up: boolean): void => {
      clearTimeout(timer);
      end();
      done(up);
    };
  });
}
