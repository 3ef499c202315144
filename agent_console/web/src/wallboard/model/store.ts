/** The wallboard's state for its components: one signal per collection. */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import type { WallboardState } from "../../contract.ts";
import { openFeed } from "../../feed/index.ts";
import { timeZone } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { shownInTurn } from "./inTurn.ts";

export const feed = openFeed<WallboardState>("wallboard");

function collection<K extends keyof WallboardState>(name: K): ReadonlySignal<WallboardState[K]> {
  const none = {} as WallboardState[K];
  return computed(() => feed.state.value?.[name] ?? none);
}

function inTurn<K extends keyof WallboardState>(name: K): ReadonlySignal<WallboardState[K]> {
  const none = {} as WallboardState[K];
  return shownInTurn(name, none, () => feed.state.value?.[name] ?? none);
}

export const tiles = inTurn("tiles");
export const agents = inTurn("agents");
export const contacts = inTurn("contacts");
export const alerts = inTurn("alerts");
export const intervals = inTurn("intervals");
export const watched = collection("watched");
export const records = collection("records");
export const messages = collection("messages");
export const me = computed(() => feed.state.value?.me.me ?? null);
export const announcements = computed(() => feed.state.value?.announcements.now ?? []);
export const switches = computed(() => feed.state.value?.switches.now ?? []);
export const switchParts = computed(() => feed.state.value?.switches.parts ?? null);
export const totals = computed(() => feed.state.value?.totals.today ?? null);
export const satisfaction = computed(() => feed.state.value?.satisfaction.today ?? null);
export const setup = computed(() => feed.state.value?.setup.setup ?? null);

type Right =
  | "handle_contacts"
  | "watch_contacts"
  | "steer_contacts"
  | "decide_bank_orders"
  | "release_proof"
  | "change_presence_of_others"
  | "lend_agents"
  | "announce"
  | "handle_follow_ups"
  | "retry_effects"
  | "approve_setup"
  | "manage_users"
  | "see_reports";

export const may = (right: Right): boolean => me.value?.rights.includes(right) ?? false;

const OLD_SECONDS = 10;

/** Seconds since the figures were computed. */
export const age = computed(() => tick.value - (totals.value?.computed_at ?? tick.value));

/** Figures older than 10 s are greyed: changes only when that changes, not each second. */
export const old = computed(() => age.value > OLD_SECONDS);

effect(() => {
  if (setup.value) timeZone.value = setup.value.time_zone;
});
