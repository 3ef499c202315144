/** My own tasks as the feed keeps them: what is due, and a reminder in time. */
import { computed, effect } from "@preact/signals";
import type { TaskView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { serverNow, tick } from "../../lib/clock.ts";
import { recall, remember, ofTab } from "../../lib/memory.ts";
import { toast } from "../../ui/index.ts";
import { t } from "../views/tasks/texts.ts";
import { feed } from "./store.ts";

const NONE: TaskView[] = [];
export const myTasks = computed(() => feed.state.value?.tasks.mine ?? NONE);

/** How many of mine are due now. */
export const dueCount = computed(() => {
  tick.value; // looked at once a second: time alone makes a task due
  const now = serverNow();
  return myTasks.value.filter((one) => one.due_at !== null && one.due_at <= now).length;
});

const KEY = "desk.reminded";
const reminded = new Set((recall(KEY, ofTab) ?? "").split(" ").filter(Boolean));

/** Say once per task that its time is near. */
export function watchReminders(): void {
  effect(() => {
    tick.value;
    const now = serverNow();
    for (const one of myTasks.value) {
      const mark = `${one.id}@${one.remind_at ?? ""}`;
      if (one.remind_at === null || one.remind_at > now || reminded.has(mark)) continue;
      reminded.add(mark);
      remember(KEY, [...reminded].join(" "), ofTab);
      toast({ tone: "risk", title: t("reminder", { title: both(one.title) }) });
    }
  });
}
