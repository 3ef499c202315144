/** What the joins of a contact show, and what can be joined with it. */
import { signal } from "@preact/signals";
import type { Both, ContactView, JoinView, MessageView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { toast } from "../../ui/index.ts";
import { chooseWhenThere } from "../calls/acts.ts";
import { feed, messagesOf } from "../model/store.ts";
import { t } from "./texts.ts";

export interface TalkGoal {
  conversation_id: string;
  channel: string;
  account: string;
  reference: string;
  is_open: boolean;
  owner: Both | null;
  at: number;
  /** What the customer said there last. */
  words: string;
  can_merge: boolean;
}

/** The messages of a join by its id; "failed" where they could not be read. */
export const excerpts = signal<Readonly<Record<string, MessageView[] | "failed">>>({});

const keep = (joinId: string, found: MessageView[] | "failed"): void => {
  excerpts.value = { ...excerpts.value, [joinId]: found };
};

export async function readExcerpt(contact: ContactView, join: JoinView): Promise<void> {
  const args = { contact_id: contact.id, join_id: join.id };
  const answer = await feed.send<{ messages: MessageView[] }>("joined_messages", args);
  keep(join.id, answer.ok ? answer.result.messages : "failed");
}

/** What was split off into this talk: it is answered here. */
export function splitOff(contact: ContactView): MessageView[] {
  return (contact.joins ?? []).flatMap((join) => {
    const found = join.kind === "split" && join.shows ? excerpts.value[join.id] : undefined;
    return Array.isArray(found) ? found : [];
  });
}

/** The other conversations of the customer; null: they could not be read. */
export async function goalsOf(contact: ContactView): Promise<TalkGoal[] | null> {
  const args = { contact_id: contact.id };
  const answer = await feed.send<{ talks: TalkGoal[] }>("talk_goals", args);
  return answer.ok ? answer.result.talks : null;
}

/** From where a talk can be split: what the customer said in this contact after its first words. */
export const splitPoints = (contact: ContactView): MessageView[] =>
  messagesOf(contact)
    .filter(
      (one) => one.contact_id === contact.id && one.speaker === "customer" && one.kind === "text",
    )
    .slice(1);

export type Joining = "merge" | "link" | "split";

/** Do it; true when it was done. */
export async function join(
  contact: ContactView,
  how: Joining,
  goal: string | number,
): Promise<boolean> {
  const at = how === "split" ? { seq: goal } : { conversation_id: goal };
  const command = how === "split" ? "split_talk" : `${how}_talks`;
  const answer = await feed.send<{ contact_id?: string }>(command, {
    contact_id: contact.id,
    ...at,
  });
  if (!done(answer) || !answer.ok) return false;
  toast({ tone: "ok", title: t(`done_${how}`) });
  if (answer.result.contact_id) chooseWhenThere(answer.result.contact_id);
  return true;
}

export async function undoJoin(contact: ContactView, one: JoinView): Promise<void> {
  const answer = await feed.send("undo_join", { contact_id: contact.id, join_id: one.id });
  if (!answer.ok && answer.code === "talk_went_on") {
    toast({ tone: "risk", title: t("went_on") });
  } else if (done(answer)) {
    toast({ tone: "ok", title: t("undone") });
  }
}
