/** What a supervisor does to live contacts. Each is audited by the hub. */
import { computed, effect, signal } from "@preact/signals";
import type { ContactView, PresenceState, WallContact } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { toast } from "../../ui/index.ts";
import { t } from "../texts.ts";
import { agentName, titleOf } from "./names.ts";
import { stuckRows } from "./filters.ts";
import { contacts, feed, me, watched } from "./store.ts";

/** The contact whose conversation is open; others may be watched behind it. */
export const watchedId = signal<string | null>(null);
/** Counts each wish to write, so that the box takes the focus. */
export const noteWished = signal(0);
export const dialog = signal<{ kind: "take_over" | "reassign"; contactId: string } | null>(null);

/** The agent whose whole work is about to be moved. */
export const movingWorkOf = signal<string | null>(null);

export const watchedList = computed(() => Object.values(watched.value));
export const watchedNow = computed<ContactView | null>(() => {
  const id = watchedId.value;
  return (id === null ? undefined : watched.value[id]) ?? watchedList.value[0] ?? null;
});

const LIVE = new Set(["in_self_service", "queued", "reserved", "assigned"]);

const isMine = (one: WallContact): boolean =>
  one.agent_id !== null && one.agent_id === me.value?.id;
export const canWatch = (one: WallContact): boolean => LIVE.has(one.state) && !isMine(one);
export const canJoin = (one: WallContact): boolean => one.state === "assigned" && !isMine(one);
export const canMove = (one: WallContact): boolean => LIVE.has(one.state);
export const canTakeOver = (one: WallContact): boolean => canMove(one) && !isMine(one);

/** Read a chat. Reading another one stops the first, unless one has joined there. */
export async function watch(contactId: string, toWrite = false): Promise<void> {
  const before = watchedNow.value;
  if (!(contactId in watched.value)) {
    if (!done(await feed.send("watch", { contact_id: contactId }))) return;
  }
  watchedId.value = contactId;
  if (toWrite) noteWished.value += 1;
  if (before && before.id !== contactId && before.my_role === "watching") await stop(before.id);
}

const stopping = new Set<string>();

export async function stop(contactId: string): Promise<void> {
  stopping.add(contactId);
  done(await feed.send("unwatch", { contact_id: contactId }));
}

/** Come into the talk; the conversation opens with it. */
export async function join(contactId: string): Promise<void> {
  if (!done(await feed.send("join", { contact_id: contactId }))) return;
  watchedId.value = contactId;
  noteWished.value += 1;
}

export async function takeOver(contactId: string): Promise<void> {
  stopping.add(contactId);
  if (!done(await feed.send("take_over", { contact_id: contactId }))) return;
  const open = { label: t("open_my_work"), run: () => location.assign("/console") };
  toast({ tone: "ok", title: t("taken_over"), text: t("taken_over_more"), action: open });
}

/** Ask about the talk with the assistant that has been stuck longest. */
export function takeOverStuck(): void {
  const first = stuckRows.value.find(canTakeOver);
  if (first) dialog.value = { kind: "take_over", contactId: first.id };
  else toast({ tone: "ok", title: t("none_stuck") });
}

export type Goal = { queue_id: string } | { agent_id: string };

export async function reassign(contactId: string, goal: Goal): Promise<void> {
  const row = contacts.value[contactId];
  if (!done(await feed.send("reassign", { contact_id: contactId, ...goal }))) return;
  toast({ tone: "ok", title: t("reassigned", { customer: row ? titleOf(row) : "" }) });
}

export async function setPresenceOf(
  agentId: string,
  presence: PresenceState,
  reason: string,
): Promise<void> {
  const answer = await feed.send("set_presence_of", { agent_id: agentId, presence, reason });
  if (!done(answer)) return;
  const agent = agentName(agentId);
  toast({
    tone: "ok",
    title: t("presence_changed", { agent, presence: t(`presence_${presence}`) }),
  });
}

/** Say it into a watched contact; true when it was kept. */
export async function write(
  command: "whisper" | "say",
  contactId: string,
  key: string,
  text: string,
): Promise<boolean> {
  return done(await feed.send(command, { contact_id: contactId, key, text }));
}

// a chat that ends while it is read closes its pane: say why
let before: readonly string[] = [];
effect(() => {
  const now = Object.keys(watched.value);
  const gone = before.filter((id) => !now.includes(id));
  for (const id of gone) {
    if (!stopping.delete(id)) toast({ tone: "risk", title: t("watch_ended") });
  }
  before = now;
});
