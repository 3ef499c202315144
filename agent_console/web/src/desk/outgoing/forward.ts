/** A letter that is passed on to somebody else: what is filled in, and why it was not sent. */
import { signal } from "@preact/signals";
import type { ContactView, Lang, MessageView } from "../../contract.ts";
import { remedy } from "../../feed/index.ts";
import type { Guard } from "../model/outbox.ts";
import { feed } from "../model/store.ts";
import { foundOthers } from "../safety/OtherCustomer.tsx";
import { t as safety } from "../safety/texts.ts";
import { foundIn } from "../talk/Stopped.tsx";
import { ANSWERED } from "../written/heading.ts";
import { t } from "./texts.ts";

/** The letter that is being passed on. */
export const passing = signal<{ contact: ContactView; message: MessageView } | null>(null);

export const passOn = (contact: ContactView, message: MessageView): void => {
  passing.value = { contact, message };
};
export const stopPassing = (): void => {
  passing.value = null;
};

export const mayPassOn = (contact: ContactView): boolean =>
  contact.channel === "email" &&
  contact.state === "assigned" &&
  (contact.my_role === "owner" || contact.my_role === "joined");

/** "Fwd: " before the subject, once, in the language of the words. */
export function forwardSubject(subject: string, language: Lang): string {
  const bare = subject.replace(ANSWERED, "").trim();
  return language === "zh" ? `转发：${bare}` : `Fwd: ${bare}`;
}

export interface Forward {
  contact_id: string;
  key: string;
  seq: number;
  letter: { subject: string; to: string[]; cc: string[]; bcc: string[] };
  text: string;
  file_ids: string[];
  language: Lang;
}

/** Why it was not sent; `guard` names what the agent may overrule. */
export interface Stop {
  words: string;
  guard?: Guard;
}

/** Send it; null when it is on its way. */
export async function forward(what: Forward, sure: readonly Guard[]): Promise<Stop | null> {
  const answer = await feed.send("forward_letter", { ...what, ...(sure.length ? { sure } : {}) });
  if (answer.ok) return null;
  const { code, detail } = answer;
  if (code === "new_copy") {
    return { words: t("outside", { who: detail.split("\n").join(", ") }), guard: "new_copy" };
  }
  if (code === "other_customer") {
    const found = foundOthers(detail).join(safety("and"));
    return { words: `${safety("other_stopped")} ${found}`, guard: "other_customer" };
  }
  if (code === "secret_in_text") {
    const words = t("has_secret", { what: foundIn(detail) });
    return /card|password/.test(detail) ? { words } : { words, guard: "secret_in_text" };
  }
  if (code === "protected_in_text") return { words: t("has_protected") };
  if (code === "to_customer") return { words: t("to_customer") };
  return { words: remedy(code) };
}
