/** Older pages of a conversation, asked for when its log is scrolled up. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { MessageView } from "../contract.ts";
import { withOlder } from "./apply.ts";
import type { Feed } from "./feed.ts";

interface WithMessages {
  messages: Record<string, MessageView[]>;
}

export interface OlderPages {
  /** Whether the hub may have more than the page holds. */
  has(conversationId: string): boolean;
  load(conversationId: string): Promise<void>;
  /** Conversations of which a page is on its way. */
  readonly loading: ReadonlySignal<ReadonlySet<string>>;
}

export function olderPages<S extends WithMessages>(feed: Feed<S>): OlderPages {
  const loading = signal<ReadonlySet<string>>(new Set());
  const complete = new Set<string>();
  const firstOf = (id: string): number | undefined => feed.state.value?.messages[id]?.[0]?.seq;
  const has = (id: string): boolean => (firstOf(id) ?? 1) > 1 && !complete.has(id);
  const add = (id: string, older: readonly MessageView[]): void =>
    feed.patch((state) => ({
      ...state,
      messages: { ...state.messages, [id]: withOlder(state.messages[id] ?? [], older) },
    }));

  async function load(id: string): Promise<void> {
    const first = firstOf(id);
    if (!first || !has(id) || loading.value.has(id)) return;
    loading.value = new Set([...loading.value, id]);
    const asked = { conversation_id: id, before_seq: first };
    const answer = await feed.send<{ messages: MessageView[] }>("more", asked);
    if (answer.ok && answer.result.messages.length === 0) complete.add(id);
    if (answer.ok && feed.state.value?.messages[id]) add(id, answer.result.messages);
    loading.value = new Set([...loading.value].filter((other) => other !== id));
  }
  return { has, load, loading };
}
