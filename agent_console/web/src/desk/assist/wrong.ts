/** Answers of the assistant that somebody reported as wrong. */
import { signal } from "@preact/signals";
import type { ContactView, MessageView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { toast } from "../../ui/index.ts";
import { feed, messagesOf } from "../model/store.ts";
import { t } from "./texts.ts";

/** The answer about which the agent is asked. */
export const asked = signal<{ contact: ContactView; message: MessageView } | null>(null);

export const isReported = (contact: ContactView, seq: number): boolean =>
  messagesOf(contact).some(
    (one) => one.event === "answer_reported" && one.data?.["seq"] === String(seq),
  );

const isAnswer = (one: MessageView): boolean => one.speaker === "bot" && one.kind !== "event";

/** The assistant's newest answer; that it hands over is none, unless it said nothing else. */
export function lastAnswer(messages: readonly MessageView[]): MessageView | undefined {
  const said = messages.filter(
    (one, at) => isAnswer(one) && messages[at + 1]?.event !== "handed_off",
  );
  return said.at(-1) ?? messages.findLast(isAnswer);
}

/** Ask about the assistant's newest answer in a contact. */
export function askAboutLast(contact: ContactView): void {
  const last = lastAnswer(messagesOf(contact).filter((one) => one.contact_id === contact.id));
  if (!last) toast({ tone: "risk", title: t("no_bot_answer") });
  else if (isReported(contact, last.seq)) toast({ tone: "risk", title: t("reported_already") });
  else asked.value = { contact, message: last };
}

export async function report(note: string): Promise<void> {
  const about = asked.value;
  if (!about) return;
  asked.value = null;
  const args = { contact_id: about.contact.id, seq: about.message.seq, note };
  const answer = await feed.send("report_answer", args);
  if (!answer.ok && answer.code === "reported_already") {
    toast({ tone: "risk", title: t("reported_already") });
  } else if (done(answer)) toast({ tone: "ok", title: t("reported_now") });
}
