/**
 * What a task says beside its words, such as what is unusual about a payment: codes and figures
 * of the server in the reader's words.
 */
import { exactTime, money } from "../../i18n/index.ts";
import { callTime } from "../calls/call.ts";
import { t as calls } from "../calls/texts.ts";
import { t } from "./texts.ts";

type Words = (value: string, usual: string) => [label: string, text: string];

const WORDS: Record<string, Words> = {
  payment_amount: (amount, currency) => [t("payment_amount"), money(amount, currency)],
  payment_merchant: (name) => [t("payment_merchant"), name],
  payment_at: (at) => [t("payment_at"), exactTime(Number(at))],
  payment_place: (place) => [t("payment_place"), place],
  topic: (topic) => [calls("topic"), topic],
  waited_seconds: (seconds) => [calls("waited_in_line"), callTime(Number(seconds))],
  seconds: (seconds) => [calls("message_length"), callTime(Number(seconds))],
  searched: (count) => [t("searched"), count],
  helped: (count) => [t("helped"), count],
  not_helped: (count) => [t("not_helped"), count],
  number: (number) => [t("callback_number"), number],
  when: (when) => [t("callback_when"), when],
  unusual_amount: (times, usual) => [
    t("unusual_amount"),
    t("unusual_amount_why", { times, usual }),
  ],
  unusual_new_merchant: (_, count) => [
    t("unusual_new_merchant"),
    t("unusual_new_merchant_why", { count }),
  ],
  unusual_fast: (count, minutes) => [
    t("unusual_fast"),
    t("unusual_fast_why", { count, minutes }),
  ],
  unusual_place: (place, before) => [t("unusual_place"), t("unusual_place_why", { place, before })],
};

/** The label and the value of a line of evidence; what has no code stays as it was written. */
export function evidenceWords(label: string, value: string): [label: string, text: string] {
  const words = WORDS[label];
  if (!words) return [label, value];
  const cut = value.lastIndexOf("|");
  return cut < 0 ? words(value, "") : words(value.slice(0, cut), value.slice(cut + 1));
}
