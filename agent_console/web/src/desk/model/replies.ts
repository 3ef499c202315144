/** Saved replies: which fit, and their placeholders. */
import type { ConsoleSetup, ContactView, Lang } from "../../contract.ts";
import { fillBlanks, type Blank } from "../../lib/blanks.ts";
import { queueName } from "./names.ts";
import { me } from "./store.ts";

type Reply = ConsoleSetup["replies"][number];

/** The word after a "/" that starts the line of the caret, or null. */
export function slashWord(text: string, caret: number): string | null {
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1, caret);
  const found = /^\/([\w-]*)$/.exec(line);
  return found ? (found[1] ?? "") : null;
}

/** Replies of this queue first, then those of all; filtered by code or title in any language. */
export function fitting(replies: readonly Reply[], word: string, queueId: string | null): Reply[] {
  const wanted = word.toLowerCase();
  const known = (one: Reply): boolean =>
    [one.code, one.title.en, one.title.zh].some((text) => text.toLowerCase().includes(wanted));
  const ours = (one: Reply): boolean => queueId !== null && one.queues.includes(queueId);
  return replies
    .filter((one) => (one.queues.length === 0 || ours(one)) && known(one))
    .sort((a, b) => Number(ours(b)) - Number(ours(a)));
}

/** The text in the customer's language, its blanks filled. */
export const filled = (reply: Reply, language: Lang, names: Record<Blank, string>): string =>
  fillBlanks(reply.text[language] || reply.text.en, names);

/** Put a text in place of the "/word" before the caret. */
export function replaceSlash(
  text: string,
  caret: number,
  by: string,
): { text: string; caret: number } {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  return { text: text.slice(0, start) + by + text.slice(caret), caret: start + by.length };
}

/** What the desk puts into the blanks; nobody is greeted as "Guest 4821" or by half a name. */
export function namesFor(one: ContactView, language: Lang): Record<Blank, string> {
  const name = language === "zh" ? one.title_zh || one.title : one.title;
  const isKnown = one.known && !name.includes("•");
  return {
    customer_name: isKnown ? name : "",
    agent_name: me.value?.name[language] ?? "",
    queue: queueName(one.queue_id, language),
  };
}
