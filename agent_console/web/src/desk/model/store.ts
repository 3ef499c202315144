/** The desk's state for its components: one signal per collection, and which contact is chosen. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { ConsoleState, ContactView, MessageView } from "../../contract.ts";
import { openFeed } from "../../feed/index.ts";
import { lang, timeZone } from "../../i18n/index.ts";
import { recall, remember, ofTab } from "../../lib/memory.ts";
import { leaveView } from "./view.ts";

export const feed = openFeed<ConsoleState>("desk");

function collection<K extends keyof ConsoleState>(name: K): ReadonlySignal<ConsoleState[K]> {
  const none = {} as ConsoleState[K];
  return computed(() => feed.state.value?.[name] ?? none);
}

export const contacts = collection("contacts");
export const offers = collection("offers");
export const records = collection("records");
export const messages = collection("messages");
export const queues = collection("queues");
export const me = computed(() => feed.state.value?.me.me ?? null);
export const announcements = computed(() => feed.state.value?.announcements.now ?? []);
export const figures = computed(() => feed.state.value?.figures.today ?? null);
export const setup = computed(() => feed.state.value?.setup.setup ?? null);

/** In the order they came: a row never moves under the hand. */
const byStart = (a: ContactView, b: ContactView): number =>
  (a.assigned_at ?? a.arrived_at) - (b.assigned_at ?? b.arrived_at) || (a.id < b.id ? -1 : 1);

const ordered = computed(() => Object.values(contacts.value).sort(byStart));
export const active = computed(() => ordered.value.filter((one) => one.my_role !== "wrap_up"));
export const wrapUps = computed(() => ordered.value.filter((one) => one.my_role === "wrap_up"));
/** All rows as the list shows them. */
export const rows = computed(() => [...active.value, ...wrapUps.value]);
export const offered = computed(() =>
  Object.values(offers.value).sort((a, b) => a.expires_at - b.expires_at),
);

const KEY = "desk.chosen";
export const chosenId = signal<string | null>(recall(KEY, ofTab));
/** An offer whose record is looked at before the answer. */
export const peekedOffer = signal<string | null>(null);
/** Narrow screens show one pane; "work" is the list. */
export const narrowPane = signal<"work" | "talk">("work");

export const chosen = computed(() => {
  const id = chosenId.value;
  return id === null ? null : (contacts.value[id] ?? null);
});

export function choose(id: string): void {
  chosenId.value = id;
  peekedOffer.value = null;
  narrowPane.value = "talk";
  leaveView();
}

effect(() => remember(KEY, chosenId.value, ofTab));

/** A chosen contact that is gone gives way to the one that stood after it. */
let before: readonly string[] = [];
effect(() => {
  const now = rows.value.map((one) => one.id);
  const id = chosenId.peek();
  if (feed.state.value && (id === null || !now.includes(id))) {
    const place = id === null ? -1 : before.indexOf(id);
    const after = place < 0 ? now : before.slice(place + 1);
    chosenId.value = after.find((one) => now.includes(one)) ?? now.at(-1) ?? null;
    if (chosenId.value === null) narrowPane.value = "work";
  }
  before = now;
});

effect(() => {
  if (setup.value) timeZone.value = setup.value.time_zone;
});

const NO_MESSAGES: MessageView[] = [];
export const messagesOf = (one: ContactView): MessageView[] =>
  messages.value[one.conversation_id] ?? NO_MESSAGES;

/** The name of a contact or offer in the language of the interface. */
export const titleOf = (one: { title: string; title_zh: string }): string =>
  lang.value === "zh" ? one.title_zh || one.title : one.title;

/** Messages the owner has not seen. Only the owner's eyes count: nobody else has unread ones. */
export const unreadOf = (one: ContactView): number =>
  one.my_role === "owner" ? Math.max(0, one.last_seq - one.seen_by_staff_seq) : 0;

/** Seconds a reply may take as promised; the ring needs the whole. */
export const promisedSeconds = (one: ContactView): number =>
  Math.max(1, (one.reply_due_at ?? 0) - (one.last_at ?? one.arrived_at));
