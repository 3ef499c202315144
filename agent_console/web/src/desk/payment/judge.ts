/** Giving a verdict. */
import type { ContactView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { toast } from "../../ui/index.ts";
import { feed, messagesOf } from "../model/store.ts";
import { t } from "./texts.ts";

export type Verdict = "fraud" | "genuine";
export const PAYMENT_CHECK = "payment_check";

export async function judge(taskId: string, verdict: Verdict): Promise<boolean> {
  if (!done(await feed.send("judge_payment", { task_id: taskId, verdict }))) return false;
  toast({ tone: "ok", title: t(`sent_${verdict}`) });
  return true;
}

/** What was found out in this contact, if anything was yet. */
export function verdictIn(contact: ContactView): Verdict | null {
  const said = messagesOf(contact).findLast(
    (one) => one.event === "payment_judged" && one.contact_id === contact.id,
  );
  if (!said) return null;
  return said.data?.verdict === "fraud" ? "fraud" : "genuine";
}
