/** From messages to what the log shows: pure. Chunks have fixed borders, so that neither a new
 * message nor an older page changes what is already shown. */
import type { ContactView, MessageView } from "../../contract.ts";
import { isWritten } from "../written/channels.ts";

export const CHUNK = 40;

export interface Chunk {
  /** The messages with `floor(seq / CHUNK) === index`. */
  index: number;
  messages: MessageView[];
  /** The message before the first one, to know a new day or a new speaker. */
  before: MessageView | null;
}

export function chunksOf(messages: readonly MessageView[]): Chunk[] {
  const chunks: Chunk[] = [];
  let before: MessageView | null = null;
  for (const one of messages) {
    const index = Math.floor(one.seq / CHUNK);
    const last = chunks.at(-1);
    if (last?.index === index) last.messages.push(one);
    else chunks.push({ index, messages: [one], before });
    before = one;
  }
  return chunks;
}

export const sameChunk = (a: Chunk, b: Chunk): boolean =>
  a.before === b.before &&
  a.messages.length === b.messages.length &&
  a.messages.every((one, n) => one === b.messages[n]);

/** Chunks that did not change keep their identity from the last time. */
export function keepSame(old: readonly Chunk[], now: readonly Chunk[]): Chunk[] {
  const known = new Map(old.map((one) => [one.index, one]));
  return now.map((one) => {
    const same = known.get(one.index);
    return same && sameChunk(same, one) ? same : one;
  });
}

const TOGETHER_SECONDS = 120;

/** Does this message continue the one before: same person, same audience, soon after? */
export function continues(one: MessageView, before: MessageView | null): boolean {
  return (
    before !== null &&
    before.kind !== "event" &&
    before.speaker === one.speaker &&
    before.agent_id === one.agent_id &&
    before.audience === one.audience &&
    one.at - before.at < TOGETHER_SECONDS
  );
}

/** Is this message part of the folded talk with the bot? What a customer wrote in a mail or an SMS
 * is not: nobody else has read it. */
export const ofBot = (contact: ContactView, { seq, speaker }: MessageView): boolean =>
  contact.hand_off !== null &&
  !(speaker === "customer" && isWritten(contact)) &&
  seq >= contact.hand_off.bot_seq_from &&
  seq <= contact.hand_off.bot_seq_to;

/** Does the hand-off say anything? A mail goes to its queue without a word of a bot. */
export function saysNothing(contact: ContactView): boolean {
  const { hand_off: hand, transfer_note } = contact;
  if (!isWritten(contact) || hand === null || hand.task) return false;
  return !hand.wants && !transfer_note && hand.collected.length + hand.tried.length === 0;
}

/** The number of the message before which the hand-off card stands, or null for the top. */
export function handOffAt(contact: ContactView, messages: readonly MessageView[]): number | null {
  const from = contact.hand_off?.bot_seq_from ?? 0;
  const first = messages[0];
  if (!first || first.seq >= from) return null;
  return messages.find((one) => one.seq >= from)?.seq ?? null;
}
