/** Pages that open beside the running contacts: the list of work stays, so no offer is missed. */
import { computed } from "@preact/signals";
import type { ComponentType } from "preact";
import type { IconName } from "../../ui/index.ts";
import { t as calls } from "../calls/texts.ts";
import { dueCount } from "../model/tasks.ts";
import { t as hands } from "../hands/texts.ts";
import { setup } from "../model/store.ts";
import { viewId } from "../model/view.ts";
import { t as closed } from "./contacts/texts.ts";
import { t as customers } from "./customers/texts.ts";
import { dueLetters, VIEW as LETTERS } from "./letters/model.ts";
import { t as letters } from "./letters/texts.ts";
import { t as work } from "./tasks/texts.ts";

export interface DeskView {
  id: string;
  /** Read at each drawing: the language may change. */
  label: () => string;
  icon: IconName;
  /** Only who has this right is shown the page; the server judges again. */
  right?: string;
  /** Shown only while this holds: a page without its channel is no page. */
  isThere?: () => boolean;
  /** A number that asks for attention. */
  tick?: () => number;
  load: () => Promise<ComponentType>;
}

/** In the order of the rail, after the contacts themselves. A page is one line here. */
export const views: readonly DeskView[] = [
  {
    id: "tasks",
    label: () => (dueCount.value ? work("tasks_open", { count: dueCount.value }) : work("tasks")),
    icon: "clipboard",
    tick: () => dueCount.value,
    load: async () => (await import("./tasks/TasksView.tsx")).TasksView,
  },
  {
    id: "callers",
    label: () => calls("callers"),
    icon: "phone-in",
    isThere: () => setup.value?.calls != null,
    load: async () => (await import("./callers/CallersView.tsx")).CallersView,
  },
  {
    id: LETTERS,
    label: () => letters("letters"),
    icon: "mail",
    isThere: () => (setup.value?.writes ?? []).length > 0,
    tick: () => dueLetters.value,
    load: async () => (await import("./letters/LettersView.tsx")).LettersView,
  },
  {
    id: "customers",
    label: () => customers("customers"),
    icon: "users",
    right: "see_customers",
    load: async () => (await import("./customers/CustomersView.tsx")).CustomersView,
  },
  {
    id: "contacts",
    label: () => closed("closed_contacts"),
    icon: "history",
    right: "see_customers",
    load: async () => (await import("./contacts/ContactsView.tsx")).ContactsView,
  },
  {
    id: "blocks",
    label: () => hands("blocks"),
    icon: "message-off",
    right: "steer_contacts",
    load: async () => (await import("./blocks/BlocksView.tsx")).BlocksView,
  },
];

/** The open page, or null while the contacts have the desk. */
export const openView = computed(() => views.find((one) => one.id === viewId.value) ?? null);
