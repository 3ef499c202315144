/** Callers who wait to be called: read when the page is open, and after each own act. */
import { computed, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CallerView } from "../../../contract.ts";
import { done } from "../../../feed/index.ts";
import { http } from "../../../lib/http.ts";
import { toast } from "../../../ui/index.ts";
import { t } from "../../calls/texts.ts";
import { feed, me } from "../../model/store.ts";

export type Kind = CallerView["kind"];
export const KINDS: readonly Kind[] = ["abandoned_call", "voicemail", "callback"];

export const kind = signal<Kind | "all">("all");
export const loaded = signal<readonly CallerView[] | "loading" | "failed">("loading");

export const shown = computed(() => {
  const list = loaded.value;
  if (typeof list === "string") return list;
  return kind.value === "all" ? list : list.filter((one) => one.kind === kind.value);
});

export const countOf = (of: Kind | "all"): number => {
  const list = loaded.value;
  if (typeof list === "string") return 0;
  return of === "all" ? list.length : list.filter((one) => one.kind === of).length;
};

export async function read(): Promise<void> {
  try {
    loaded.value = (await http<{ callers: CallerView[] }>("GET", "/api/callers")).callers;
  } catch {
    if (typeof loaded.peek() === "string") loaded.value = "failed";
  }
}

const EVERY_MS = 15_000;

/** Keep the list fresh while the page is open and seen. */
export function useCallers(): void {
  useEffect(() => {
    void read();
    const timer = setInterval(() => !document.hidden && void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
}

export const isMine = (one: CallerView): boolean => one.claimed_by?.agent_id === me.value?.id;

export async function claim(one: CallerView): Promise<void> {
  const args = { task_id: one.id, owner_id: me.value?.id ?? "" };
  if (done(await feed.send("reassign_task", args))) await read();
}

export async function giveBack(one: CallerView): Promise<void> {
  const args = { task_id: one.id, queue_id: one.queue_id };
  if (done(await feed.send("reassign_task", args))) await read();
}

export async function finish(one: CallerView): Promise<void> {
  if (!done(await feed.send("finish_task", { task_id: one.id }))) return;
  toast({ tone: "ok", title: t("caller_done") });
  await read();
}
