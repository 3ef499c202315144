/** Older pages of a conversation, asked for when the log is scrolled up. */
import { signal } from "@preact/signals";
import type { ContactView, MessageView } from "../../contract.ts";
import { withOlder } from "../../feed/index.ts";
import { feed, messagesOf } from "./store.ts";

/** Conversations of which a page is on its way. */
export const loadingOlder = signal<ReadonlySet<string>>(new Set());
const complete = new Set<string>();

export const hasOlder = (one: ContactView): boolean =>
  (messagesOf(one)[0]?.seq ?? 1) > 1 && !complete.has(one.conversation_id);

export async function loadOlder(one: ContactView): Promise<void> {
  const id = one.conversation_id;
  const first = messagesOf(one)[0]?.seq;
  if (!first || !hasOlder(one) || loadingOlder.value.has(id)) return;
  loadingOlder.value = new Set([...loadingOlder.value, id]);
  const answer = await feed.send<{ messages: MessageView[] }>("more", {
    conversation_id: id,
    before_seq: first,
  });
  if (answer.ok) {
    if (answer.result.messages.length === 0) complete.add(id);
    feed.patch((state) => ({
      ...state,
      messages: {
        ...state.messages,
        [id]: withOlder(state.messages[id] ?? [], answer.result.messages),
      },
    }));
  }
  loadingOlder.value = new Set([...loadingOlder.value].filter((other) => other !== id));
}
