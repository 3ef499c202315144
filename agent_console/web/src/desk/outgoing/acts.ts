/** What an agent does with words that have not left yet. */
import type { ContactView, OutgoingView } from "../../contract.ts";
import { done, type Answer } from "../../feed/index.ts";
import { exactTime } from "../../i18n/index.ts";
import { toast } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { draftAgain, type OldWords } from "../written/again.ts";
import { t } from "./texts.ts";

const named = (contact: ContactView, one: OutgoingView) => ({
  contact_id: contact.id,
  letter_id: one.id,
});

/** Tell in words of their own that it has left already. */
function wentThrough(answer: Answer<unknown>): boolean {
  if (answer.ok || answer.code !== "letter_left") return done(answer);
  toast({ tone: "risk", title: t("too_late") });
  return false;
}

/** Keep it from leaving; its words are the draft again. */
export async function takeBack(contact: ContactView, one: OutgoingView): Promise<void> {
  const answer = await feed.send<OldWords & Record<string, unknown>>(
    "take_back_letter",
    named(contact, one),
  );
  if (!wentThrough(answer) || !answer.ok) return;
  if (one.kind === "text") draftAgain(contact.id, answer.result);
  toast({ tone: "ok", title: t("taken_back") });
}

export async function sendNow(contact: ContactView, one: OutgoingView): Promise<void> {
  wentThrough(await feed.send("send_letter_now", named(contact, one)));
}

/** Give it another time; true when that was done. */
export async function moveTo(
  contact: ContactView,
  one: OutgoingView,
  leavesAt: number,
): Promise<boolean> {
  const args = { ...named(contact, one), leaves_at: leavesAt };
  const isMoved = wentThrough(await feed.send("move_letter", args));
  if (isMoved) toast({ tone: "ok", title: t("leaves_at", { time: exactTime(leavesAt) }) });
  return isMoved;
}
