/** Replies that fit the customer's open words; nothing is sent by itself. */
import { signal } from "@preact/signals";
import type { ContactView, Lang, MessageView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { http } from "../../lib/http.ts";
import { insert } from "../articles/model.ts";
import { filled, namesFor } from "../model/replies.ts";
import { setup } from "../model/store.ts";
import { replyLanguage } from "../written/heading.ts";
import { t } from "./texts.ts";

export interface Suggestion {
  id: string;
  title: string;
  text: string;
  isArticle: boolean;
}
interface Passage {
  slug: string;
  language: Lang;
  title: string;
  text: string;
  link: string | null;
}
interface Found {
  intent: string;
  replies: string[];
  passages: Passage[];
  may_be_worded: boolean;
}

const WORDS_MOST = 400;
/** Of which contact and words, so that what was overtaken is not shown. */
export const found = signal<{ of: string; suggestions: Suggestion[] } | null>(null);

/** What the customer said and nobody has answered yet; empty: nothing is open. */
export function openWords(messages: readonly MessageView[]): string {
  const said: string[] = [];
  for (const one of [...messages].reverse()) {
    if (one.audience === "staff" || one.kind === "event" || one.speaker === "system") continue;
    if (one.speaker === "agent") break;
    if (one.speaker === "customer") said.unshift(one.text);
    else if (said.length > 0) break;
  }
  return said.join(" ").trim().slice(-WORDS_MOST);
}

export const nameOf = (contact: ContactView, words: string): string => `${contact.id}/${words}`;

export async function look(contact: ContactView, words: string): Promise<void> {
  const of = nameOf(contact, words);
  const body = { contact_id: contact.id, words };
  const told = await http<Found>("POST", "/api/assist/replies", body).catch(() => null);
  if (!told) return;
  found.value = { of, suggestions: [...saved(contact, told), ...passages(told)] };
  if (told.may_be_worded && told.passages.length > 0) await word(of, body);
}

/** What a language model makes of the articles stands first, once it is there. */
async function word(of: string, body: object): Promise<void> {
  const worded = await http<{ text: string; titles: string[] }>(
    "POST",
    "/api/assist/wording",
    body,
  ).catch(() => null);
  if (!worded?.text || found.value?.of !== of) return;
  const first = { id: "worded", title: t("worded"), text: worded.text, isArticle: true };
  found.value = { of, suggestions: [first, ...found.value.suggestions] };
}

function saved(contact: ContactView, told: Found): Suggestion[] {
  const language = replyLanguage(contact);
  const names = namesFor(contact, language);
  return told.replies.flatMap((code) => {
    const one = setup.value?.replies.find((reply) => reply.code === code);
    if (!one) return [];
    const text = filled(one, language, names);
    return [{ id: code, title: both(one.title), text, isArticle: false }];
  });
}

const passages = (told: Found): Suggestion[] =>
  told.passages.map(({ slug, title, text, link }) => ({
    id: slug,
    title,
    text: link ? `${text}\n${location.origin}${link}` : text,
    isArticle: true,
  }));

/** Put it at the end of the reply that is being written. */
export const use = (contact: ContactView, one: Suggestion): void => insert(contact, one.text);
