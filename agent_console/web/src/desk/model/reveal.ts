/** Revealed values: one at a time, gone by themselves, never kept anywhere but on screen. */
import { computed, signal } from "@preact/signals";
import { done } from "../../feed/index.ts";
import { serverNow, tick } from "../../lib/clock.ts";
import { feed } from "./store.ts";

interface Revealed {
  contact_id: string;
  field: string;
  value: string;
  until: number;
}

const one = signal<Revealed | null>(null);

export const revealed = computed(() => {
  const now = one.value;
  return now && now.until > tick.value ? now : null;
});

/** The path of the number that a task promises to call. */
export const numberOf = (taskId: string): string => `task.${taskId}.number`;

const taskOf = (field: string): string | undefined => /^task\.(.+)\.number$/.exec(field)?.[1];

/** Ask for a value with a reason; the server writes both into the audit. True when it shows. */
export async function reveal(contactId: string, field: string, reason: string): Promise<boolean> {
  const task = taskOf(field);
  const [command, about] = task
    ? ["reveal_number", { task_id: task }]
    : ["reveal", { contact_id: contactId, field }];
  const answer = await feed.send<Pick<Revealed, "value" | "until">>(command, { ...about, reason });
  if (!done(answer) || !answer.ok) return false;
  one.value = { contact_id: contactId, field, ...answer.result };
  window.setTimeout(hide, Math.max(0, answer.result.until - serverNow()) * 1000);
  return true;
}

export function hide(): void {
  if (one.value && one.value.until <= serverNow() + 0.05) one.value = null;
}

/** End it now. */
export function hideNow(): void {
  one.value = null;
}
