/** What an agent does to a call; each is a command of the hub. */
import { signal } from "@preact/signals";
import type { CallView, ContactView } from "../../contract.ts";
import type { Answer } from "../../feed/index.ts";
import { done } from "../../feed/index.ts";
import { phone } from "../../softphone/phone.ts";
import { toast } from "../../ui/index.ts";
import { choose, contacts, feed } from "../model/store.ts";
import { isHeld, isMuted } from "./call.ts";
import { t } from "./texts.ts";

export type GoalDialogKind = "consult" | "add" | "transfer";
export type CallDialog =
  GoalDialogKind | "keypad" | "refuse_recording" | "save_number" | "remove_number";
/** The dialog that is open over the call. */
export const callDialog = signal<CallDialog | null>(null);

/** Commands that wait for their answer: a second press does nothing. */
const busy = new Set<string>();

async function act(command: string, contact: ContactView, args: object = {}): Promise<boolean> {
  const key = `${command} ${contact.id}`;
  if (busy.has(key)) return false;
  busy.add(key);
  const answer = await feed.send(command, { contact_id: contact.id, ...args });
  busy.delete(key);
  return accepted(answer);
}

/** On and off of one thing: a press while the one before is on its way goes out after it. */
const turns = new Map<string, Promise<unknown>>();

function switchTo(command: string, contact: ContactView, on: boolean): Promise<boolean> {
  const key = `${command} ${contact.id}`;
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(async () =>
    accepted(await feed.send(command, { contact_id: contact.id, on })),
  );
  turns.set(key, mine);
  return mine;
}

/** Refusals of calls in their own words; all others as everywhere. */
const REFUSALS = {
  number_not_allowed: "refused_number",
  bad_number: "refused_bad_number",
  dial_limit_agent: "refused_too_many",
  dial_limit_day: "refused_daily",
  no_number: "refused_no_number",
  no_line: "refused_no_line",
  on_a_call: "refused_on_a_call",
  identity_level: "refused_prove_first",
  number_known: "refused_number_known",
  phone_not_ready: "refused_phone_not_ready",
  no_outside_line: "refused_no_line",
  conversation_open: "refused_open",
  nobody_free: "refused_nobody_free",
  nobody_asked: "refused_nobody_asked",
  room_full: "refused_room_full",
  not_connected: "refused_call_over",
  no_call: "refused_call_over",
} as const;

export function accepted(answer: Answer<unknown>): boolean {
  if (answer.ok) return true;
  const words = REFUSALS[answer.code as keyof typeof REFUSALS];
  if (!words) return done(answer);
  toast({ tone: "bad", title: t(words) });
  return false;
}

/** Mute as the agent has pressed it, until the hub says the same. */
export const muteWish = signal<boolean | null>(null);

/** The microphone of this page is silent at once; the hub silences the Leg too. */
export function toggleMute(contact: ContactView, call: CallView): void {
  const on = !(muteWish.value ?? isMuted(call));
  muteWish.value = on;
  phone.setMuted(on);
  void switchTo("mute_call", contact, on).then((ok) => {
    if (!ok && muteWish.value === on) muteWish.value = null;
  });
}

export const toggleHold = (contact: ContactView, call: CallView): void =>
  void switchTo("hold_call", contact, !isHeld(call));

export const endCall = (contact: ContactView): void => void act("end", contact);
export const leaveCall = (contact: ContactView): void => void act("leave", contact);
export const completeTransfer = (contact: ContactView): void =>
  void act("complete_transfer", contact);
export const swap = (contact: ContactView): void => void act("swap_call", contact);
export const merge = (contact: ContactView): void => void act("merge_call", contact);
export const dropLeg = (contact: ContactView, legId: string): void =>
  void act("drop_leg", contact, { leg_id: legId });
export const sendDigits = (contact: ContactView, digits: string): Promise<boolean> =>
  act("send_digits", contact, { digits });
export const sendToMenu = (contact: ContactView, flow: string): void =>
  void act("send_to_menu", contact, { flow });

export const record = (
  contact: ContactView,
  action: "pause" | "resume" | "refuse",
): Promise<boolean> => act("record_call", contact, { action });

export type OneKey = "wrong_number" | "silent" | "prank";

export const endAs = (contact: ContactView, code: OneKey): void =>
  void act("end_call_as", contact, { code });

export async function markThreat(contact: ContactView): Promise<void> {
  if (await act("mark_threat", contact)) toast({ tone: "ok", title: t("threat_marked") });
}

export async function saveNumber(contact: ContactView): Promise<boolean> {
  const ok = await act("save_number", contact, { consent: true });
  if (ok) toast({ tone: "ok", title: t("number_saved") });
  return ok;
}

export const removeNumber = (contact: ContactView, reason: string): Promise<boolean> =>
  act("remove_number", contact, { reason });

export interface Goal {
  agent_id?: string;
  queue_id?: string;
  number?: string;
}

export const consult = (contact: ContactView, goal: Goal, note: string): Promise<boolean> =>
  act("consult", contact, { ...goal, note });

export const transfer = (contact: ContactView, goal: Goal, note: string): Promise<boolean> =>
  act("transfer", contact, { ...goal, note });

// -- out to somebody ------------------------------------------------------------------------------

export interface DialGoal {
  contact_id?: string;
  customer_id?: string;
  number?: string;
  caller_number?: string;
  task_id?: string;
  why: string;
}

export async function dial(goal: DialGoal): Promise<boolean> {
  const answer = await feed.send<{ contact_id: string }>("dial_customer", goal);
  if (!accepted(answer) || !answer.ok) return false;
  chooseWhenThere(answer.result.contact_id);
  return true;
}

export async function callBack(contact: ContactView): Promise<void> {
  const answer = await feed.send<{ contact_id?: string }>("call_back", { contact_id: contact.id });
  if (accepted(answer) && answer.ok && answer.result.contact_id) {
    chooseWhenThere(answer.result.contact_id);
  }
}

/** The contact may come a moment after the answer. */
export function chooseWhenThere(contactId: string): void {
  const stop = contacts.subscribe((now) => {
    if (!(contactId in now)) return;
    queueMicrotask(() => stop());
    choose(contactId);
  });
}
