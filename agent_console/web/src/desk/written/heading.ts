/** Subject and copies of the mail that is being written. */
import type { ContactView, Lang } from "../../contract.ts";
import { draftOf } from "../model/drafts.ts";
import { messagesOf } from "../model/store.ts";
import { MAIL } from "./channels.ts";
import { subjectOf } from "./letter.ts";

/** As `say` takes it. */
export interface Heading {
  subject: string;
  cc: string[];
}

const ANSWERED = /^\s*((re|aw|sv|antw|fw|fwd|wg|回复|答复|回覆|转发)\s*(\[\d+\])?\s*[:：]\s*)+/i;

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

/** The subject in the box: what the agent wrote, else an answer to the talk's. */
export function subjectIn(contact: ContactView): string {
  const kept = draftOf(contact.id).subject;
  return kept ?? replySubject(subjectOf(messagesOf(contact)), contact.language);
}

/** The heading to send; undefined where the channel has none, null when a copy has no address. */
export function headingOf(contact: ContactView): Heading | null | undefined {
  if (contact.channel !== MAIL) return undefined;
  const { good, bad } = addressesIn(draftOf(contact.id).cc);
  return bad.length > 0 ? null : { subject: subjectIn(contact).trim(), cc: good };
}
