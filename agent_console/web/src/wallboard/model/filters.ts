/** What the person looks for: kept while the page is open. */
import { computed, signal } from "@preact/signals";
import type { WallContact } from "../../contract.ts";
import type { AgentFilter } from "./agents.ts";
import { bringRow } from "../people/rowsInView.ts";
import { queueName } from "./names.ts";
import { matching, needsAttention, NO_FILTER, type RowFilter, steady, withBot } from "./rows.ts";
import { contacts } from "./store.ts";

export const rowFilter = signal<RowFilter>(NO_FILTER);
export const agentFilter = signal<AgentFilter>("all");

const all = computed(() => Object.values(contacts.value));
export const botRows = computed(() => all.value.filter(withBot));
export const peopleRows = computed(() => all.value.filter((one) => !withBot(one)));
export const shownRows = computed(() => matching(all.value, rowFilter.value, queueName));
export const attentionRows = computed(() => peopleRows.value.filter(needsAttention));

/** Talks with the assistant that get nowhere, the longest first. */
export const stuckRows = computed(() =>
  botRows.value.filter((one) => one.flags.includes("stuck")).sort((a, b) => a.since - b.since),
);

/** The pointer is over the table: no row may move under it. */
export const overRows = signal(false);
let last: readonly WallContact[] = [];

/** The rows of the table; those that ended under the pointer are still there. */
export const tableRows = computed(() => {
  last = overRows.value ? steady(last, shownRows.value) : shownRows.value;
  return last;
});

export const isOver = (one: WallContact): boolean => !(one.id in contacts.value);

export function filterRows(over: Partial<RowFilter>): void {
  rowFilter.value = { ...rowFilter.value, ...over };
}

/** Show the contacts of one queue and go there; null shows all again, without moving. */
export function showQueue(queueId: string | null): void {
  rowFilter.value = { ...NO_FILTER, queueId };
  if (queueId !== null) document.getElementById("contacts")?.scrollIntoView({ block: "nearest" });
}

/** Show one contact in the table and put the focus on its first control. */
export function showContact(contactId: string): void {
  const row = contacts.value[contactId];
  rowFilter.value = { ...NO_FILTER, bot: row !== undefined && withBot(row) };
  requestAnimationFrame(() => {
    bring(contactId);
    requestAnimationFrame(() => focusRow(contactId));
  });
}

/** Scroll the table to a contact, if it is in it. */
export const bring = (contactId: string): void =>
  bringRow(tableRows.value.findIndex((one) => one.id === contactId));

export const rowOf = (contactId: string): HTMLElement | null =>
  document.querySelector(`[data-contact="${CSS.escape(contactId)}"]`);

function focusRow(contactId: string): void {
  const row = rowOf(contactId);
  row?.scrollIntoView({ block: "nearest" });
  (row?.querySelector<HTMLElement>("button, a") ?? row)?.focus();
}

/** The next row that needs attention after the one with the focus. */
export function nextAttention(): void {
  const rows = attentionRows.value;
  const here = document.activeElement?.closest<HTMLElement>("[data-contact]")?.dataset.contact;
  const next = rows[(rows.findIndex((one) => one.id === here) + 1) % Math.max(1, rows.length)];
  if (next) showContact(next.id);
}
