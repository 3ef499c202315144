/** Where a customer can be written to, and the new message on its way there. */
import { signal } from "@preact/signals";
import type { Both, Lang } from "../../contract.ts";
import type { Answer } from "../../feed/index.ts";
import { remedy } from "../../feed/index.ts";
import { chooseWhenThere } from "../calls/acts.ts";
import { feed } from "../model/store.ts";
import { foundOthers } from "../safety/OtherCustomer.tsx";
import { t as safety } from "../safety/texts.ts";
import { foundIn } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

export interface Way {
  channel: string;
  /** The customer wrote by it last: it comes first. */
  preferred?: boolean;
  accounts: Array<{ id: string; name: Both | null }>;
  /** `shown` is masked; `closed` says why it may not be written to. */
  addresses: Array<{ ref: string; shown: string; closed: string | null }>;
}

export interface Writing {
  customer_id: string;
  name: string;
  language: Lang;
  /** What was asked for; another can be chosen. */
  channel?: string;
}

/** The new message that is being written. */
export const writing = signal<Writing | null>(null);
export const beginWriting = (to: Writing): void => {
  writing.value = to;
};
export const stopWriting = (): void => {
  writing.value = null;
};

/** The channels that have an account and an address; null: they could not be read. */
export async function waysTo(customerId: string): Promise<Way[] | null> {
  const answer = await feed.send<{ ways: Way[] }>("ways_to_write", { customer_id: customerId });
  if (!answer.ok) return null;
  return answer.result.ways.filter((one) => one.accounts.length > 0 && one.addresses.length > 0);
}

export interface NewWords {
  customer_id: string;
  channel: string;
  account: string;
  address: string;
  key: string;
  text: string;
  language: Lang;
  letter?: { subject: string };
}

const REFUSALS = [
  "opted_out",
  "no_address",
  "no_account",
  "conversation_open",
  "no_capacity",
  "not_to_be_written",
] as const;

/** Send it and go to its contact; returns why not, in words. */
export async function startWritten(words: NewWords): Promise<string | null> {
  const answer = await feed.send<{ contact_id: string }>("start_written", words);
  if (!answer.ok) return whyNot(answer);
  chooseWhenThere(answer.result.contact_id);
  return null;
}

function whyNot(answer: Extract<Answer<unknown>, { ok: false }>): string {
  if (answer.code === "secret_in_text") {
    return t("refused_secret", { what: foundIn(answer.detail) });
  }
  if (answer.code === "protected_in_text") return safety("new_protected");
  if (answer.code === "other_customer") {
    return `${safety("other_stopped")} ${foundOthers(answer.detail).join(safety("and"))}`;
  }
  const known = REFUSALS.find((one) => one === answer.code);
  return known ? t(`refused_${known}`) : remedy(answer.code);
}
