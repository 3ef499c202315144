/** An address that may be somebody else's: held at once, let go when it was checked. */
import { done } from "../../feed/index.ts";
import { type MenuItem, toast } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

export async function markNotMe(contactId: string): Promise<void> {
  const args = { contact_id: contactId };
  const answer = await feed.send<{ changed: boolean }>("mark_not_me", args);
  if (!done(answer) || !answer.ok) return;
  toast({ tone: "ok", title: t(answer.result.changed ? "not_me_done" : "not_me_known") });
}

export async function letGo(contactId: string, reason: string): Promise<void> {
  const args = { contact_id: contactId, reason };
  if (done(await feed.send("let_address_go", args))) {
    toast({ tone: "ok", title: t("let_go_done") });
  }
}

export const notMeItem = (contactId: string): MenuItem => ({
  id: "not_me",
  heading: t("not_me_heading"),
  label: t("not_me"),
  onPick: () => void markNotMe(contactId),
});
