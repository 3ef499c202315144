/** Subject and copies of the mail that is being written. */
import type { ContactView, Lang, LetterView } from "../../contract.ts";
import { splitOff } from "../joined/model.ts";
import { draftOf } from "../model/drafts.ts";
import { messagesOf, setup } from "../model/store.ts";
import { MAIL } from "./channels.ts";
import { subjectOf } from "./letter.ts";

/** As `say` takes it. */
export interface Heading {
  subject: string;
  cc: string[];
  bcc: string[];
}

/** "Re:", "Fwd:" and the like before a subject, as mail programs write them. */
export const ANSWERED =
  /^\s*((re|aw|sv|antw|fw|fwd|wg|回复|答复|回覆|转发)\s*(\[\d+\])?\s*[:：]\s*)+/i;

/** "Re: " before the subject, once, in the customer's language. */
export function replySubject(subject: string, language: Lang): string {
  const bare = subject.replace(ANSWERED, "").trim();
  if (!bare) return "";
  return language === "zh" ? `回复：${bare}` : `Re: ${bare}`;
}

const ADDRESS = /^[^\s<>@,;]{1,64}@[^\s<>@,;]+\.[^\s<>@,;]+$/;

/** Addresses as people type them: commas, semicolons of both languages, blanks, "Name <a@b.c>". */
export function addressesIn(typed: string): { good: string[]; bad: string[] } {
  const named = typed.replace(/[^,;，；<>]*<([^<>]*)>/g, " $1 ");
  const all = [...new Set(named.split(/[\s,;，；]+/).filter(Boolean))];
  const isGood = (one: string): boolean => ADDRESS.test(one);
  return { good: all.filter(isGood), bad: all.filter((one) => !isGood(one)) };
}

/** In which language the reply is written: the agent's choice, else the customer's. */
export const replyLanguage = (contact: ContactView): Lang =>
  draftOf(contact.id).language ?? contact.language;

/** The customer's newest mail. */
const newestOf = (contact: ContactView): LetterView | undefined =>
  [...splitOff(contact), ...messagesOf(contact)].findLast(
    (one) => one.speaker === "customer" && one.letter,
  )?.letter;

/** To whom the answer goes. */
export const goalOf = (contact: ContactView): string => newestOf(contact)?.sender ?? "";

/** Who else got the customer's newest mail: not the bank, not the customer. */
export function othersIn(contact: ContactView): string[] {
  const letter = newestOf(contact);
  if (!letter) return [];
  const own = new Set((setup.value?.accounts ?? []).map((one) => one.id.toLowerCase()));
  const known = new Set([contact.account.toLowerCase(), letter.sender.toLowerCase(), ...own]);
  return [...new Set([...letter.to, ...letter.cc])].filter(
    (one) => one.includes("@") && !known.has(one.toLowerCase()),
  );
}

/** The subject in the box: what the agent wrote, else an answer to the talk's. */
export function subjectIn(contact: ContactView): string {
  const kept = draftOf(contact.id).subject;
  return (
    kept ??
    replySubject(subjectOf([...splitOff(contact), ...messagesOf(contact)]), replyLanguage(contact))
  );
}

/** The heading to send; undefined where the channel has none, null when a copy has no address. */
export function headingOf(contact: ContactView): Heading | null | undefined {
  if (contact.channel !== MAIL) return undefined;
  const { cc, bcc } = draftOf(contact.id);
  const [copies, unseen] = [addressesIn(cc), addressesIn(bcc)];
  if (copies.bad.length + unseen.bad.length > 0) return null;
  return { subject: subjectIn(contact).trim(), cc: copies.good, bcc: unseen.good };
}
