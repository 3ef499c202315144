/** What may ask for attention: an offer, a message elsewhere, a promise at risk. Sound, tab title,
 * desktop notice (only while the tab is hidden, without a customer's data). */
import { computed, effect } from "@preact/signals";
import { toast } from "../../ui/index.ts";
import { channelName, slaOf } from "../../ui/index.ts";
import { tick } from "../../lib/clock.ts";
import { saySignOut } from "../hands/shift.tsx";
import { t as hands } from "../hands/texts.ts";
import { t } from "../texts.ts";
import { lateSound, messageSound, offerSound, riskSound } from "./sound.ts";
import {
  chosenId,
  contacts,
  feed,
  me,
  offered,
  promisedSeconds,
  rows,
  titleOf,
  unreadOf,
} from "./store.ts";

export const unreadTotal = computed(() => rows.value.filter((one) => unreadOf(one) > 0).length);

/** Start watching; once, when the desk opens. */
export function watchAttention(): void {
  effect(showTitle);
  effect(ringForOffers);
  effect(ringOn);
  effect(tickForMessages);
  effect(warnOfRisk);
  effect(callForLate);
  effect(sayMissed);
  effect(saySignOut);
}

/** Contacts whose customer waits longer than was promised. */
export const lateReplies = computed(() => {
  const now = tick.value;
  return rows.value.filter((one) => one.reply_due_at !== null && one.reply_due_at < now).length;
});

function showTitle(): void {
  const first = offered.value[0];
  const count = unreadTotal.value + offered.value.length;
  const late = lateReplies.value ? `⚠ ${hands("late_replies", { count: lateReplies.value })} ` : "";
  const before = late + (count ? `(${count}) ` : "");
  document.title = first
    ? `${before}${t("title_ringing", { name: titleOf(first) })}`
    : `${before}${t("my_work")} · ${t("product")}`;
}

const RING_EVERY_SECONDS = 3;
/** A call that is offered goes on ringing. */
function ringOn(): void {
  const now = Math.floor(tick.value);
  for (const one of offered.value) {
    if (one.channel !== "phone" || !rung.has(one.reservation_id)) continue;
    const age = now - Math.floor(one.offered_at);
    if (age > 0 && age % RING_EVERY_SECONDS === 0) offerSound(one.channel);
  }
}

const rung = new Set<string>();
function ringForOffers(): void {
  for (const one of offered.value) {
    if (rung.has(one.reservation_id)) continue;
    rung.add(one.reservation_id);
    offerSound(one.channel);
    if (one.cause === "returned") {
      toast({ tone: "risk", title: hands("transfer_came_back"), text: titleOf(one) });
    }
    notify(t("notice_offer", { channel: channelName(one.channel) }));
  }
}

let lastSeqs = new Map<string, number>();
function tickForMessages(): void {
  const now = new Map(Object.values(contacts.value).map((one) => [one.id, one.last_seq]));
  const isNews = Object.values(contacts.value).some((one) => {
    const known = lastSeqs.get(one.id);
    return (
      known !== undefined &&
      one.last_seq > known &&
      one.last_speaker === "customer" &&
      (one.id !== chosenId.peek() || document.hidden)
    );
  });
  lastSeqs = now;
  if (!isNews) return;
  messageSound();
  notify(t("notice_message"));
}

const warned = new Set<string>();
function warnOfRisk(): void {
  const now = tick.value;
  for (const one of Object.values(contacts.value)) {
    if (one.reply_due_at === null) continue;
    const fact = `${one.id} ${one.reply_due_at}`;
    if (warned.has(fact) || slaOf(one.reply_due_at - now, promisedSeconds(one)) === "ok") continue;
    warned.add(fact);
    riskSound();
  }
}

const called = new Set<string>();
/** Once when the promise is broken: louder than the warning, and said. */
function callForLate(): void {
  const now = tick.value;
  for (const one of rows.value) {
    if (one.reply_due_at === null || one.reply_due_at >= now) continue;
    const fact = `${one.id} ${one.reply_due_at}`;
    if (called.has(fact)) continue;
    called.add(fact);
    lateSound();
    notify(hands("late_notice"));
    toast({ tone: "bad", title: hands("late_reply", { name: titleOf(one) }) });
  }
}

let presence = "";
function sayMissed(): void {
  const now = me.value;
  if (!now) return;
  const missed = now.presence === "break" && now.presence_reason === "missed";
  if (missed && presence !== "" && presence !== "missed") {
    toast({
      tone: "risk",
      title: t("missed"),
      text: t("missed_more"),
      action: {
        label: t("presence_available"),
        run: () => void feed.send("set_presence", { presence: "available", reason: "" }),
      },
    });
  }
  presence = missed ? "missed" : now.presence;
}

function notify(text: string): void {
  if (!document.hidden || !("Notification" in window)) return;
  if (Notification.permission !== "granted") return;
  const notice = new Notification(t("product"), { body: text, tag: "desk" });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}
