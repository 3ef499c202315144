/** Seen is told once the person really has the newest message before them. */
import { effect, signal } from "@preact/signals";
import { chosen, feed, unreadOf } from "./store.ts";

/** Is the end of the log on screen? Set by the log. */
export const atEnd = signal(true);
const visible = signal(document.visibilityState === "visible");
document.addEventListener("visibilitychange", () => {
  visible.value = document.visibilityState === "visible";
});

let told = "";
effect(() => {
  const one = chosen.value;
  if (!one || !visible.value || !atEnd.value || unreadOf(one) === 0) return;
  if (feed.link.value.phase !== "live") return;
  const fact = `${one.id} ${one.last_seq}`;
  if (fact === told) return;
  told = fact;
  void feed.send("seen", { contact_id: one.id, seq: one.last_seq });
});
