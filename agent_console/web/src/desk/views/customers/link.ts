/** Link and unlink, each with a minute to think again. */
import { done } from "../../../feed/index.ts";
import { toast } from "../../../ui/index.ts";
import { feed } from "../../model/store.ts";
import { t } from "./texts.ts";

interface Linked {
  link_id: string;
  undo_seconds: number;
}

/** Send the command; true when it was done. The toast offers to undo it. */
export async function linkWith(
  command: "link_customer" | "unlink_customer",
  args: object,
  title: string,
  text?: string,
): Promise<boolean> {
  const answer = await feed.send(command, args);
  if (!answer.ok || !done(answer)) return done(answer);
  const { link_id, undo_seconds } = answer.result as unknown as Linked;
  toast({
    tone: "ok",
    title,
    ...(text ? { text } : {}),
    seconds: undo_seconds,
    action: { label: t("undo"), run: () => void undo(link_id) },
  });
  return true;
}

async function undo(linkId: string): Promise<void> {
  const answer = await feed.send("undo_link", { link_id: linkId });
  if (answer.ok) toast({ tone: "ok", title: t("undone") });
  else toast({ tone: "bad", title: t("failed"), text: t("undo_over") });
}
