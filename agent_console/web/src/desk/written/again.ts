/** Words that were on their way are a draft again, in front of what is there. */
import type { Lang } from "../../contract.ts";
import { draft, draftOf } from "../model/drafts.ts";

export interface OldWords {
  text: string;
  language?: Lang | null;
  letter?: { subject: string; cc: string[]; bcc: string[] } | null;
}

export function draftAgain(contactId: string, words: OldWords): void {
  const there = draftOf(contactId).reply;
  const { letter } = words;
  draft(contactId, {
    mode: "reply",
    reply: there ? `${words.text}\n${there}` : words.text,
    language: words.language ?? null,
    ...(letter
      ? { subject: letter.subject, cc: letter.cc.join(", "), bcc: letter.bcc.join(", ") }
      : {}),
  });
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}
