/** The words of system lines. Codes come from `hub/journey`; an unknown code shows as it is. */
import type { MessageView } from "../../contract.ts";
import { exactTime, lang } from "../../i18n/index.ts";
import { channelName, type IconName } from "../../ui/index.ts";
import { t as assist } from "../assist/texts.ts";
import { t as articles } from "../articles/texts.ts";
import { t as calls } from "../calls/texts.ts";
import { agentName, queueName } from "../model/names.ts";
import { t as joined } from "../joined/texts.ts";
import { t as outgoing } from "../outgoing/texts.ts";
import { stoppedWord } from "../outgoing/stopped.ts";
import { t as payment } from "../payment/texts.ts";
import { roleName } from "../record/identity/roles.ts";
import { t as hands } from "../hands/texts.ts";
import { t as safety } from "../safety/texts.ts";
import { t } from "../texts.ts";
import { t as written } from "../written/texts.ts";
import { t as letters } from "../views/letters/texts.ts";

const refusedFile = (why: string) =>
  why === "file_protected"
    ? "ev_mail_file_protected"
    : why === "file_too_large"
      ? "ev_mail_file_large"
      : "ev_mail_file_refused";

type Words = (data: Record<string, string>, name: string) => string;

const WORDS: Record<string, Words> = {
  supervisor_joined: (_, name) => t("ev_supervisor_joined", { name }),
  consult_joined: (_, name) => t("ev_consult_joined", { name }),
  consult_left: (_, name) => t("ev_agent_left", { name }),
  agent_joined: (_, name) => t("ev_agent_joined", { name }),
  agent_lost: () => t("ev_agent_lost"),
  transferred: (data) => t("ev_transferred", { goal: goalOf(data) }),
  transfer_returned: (_, name) => hands("ev_transfer_returned", { name }),
  language_switched: (data) => hands(data.language === "zh" ? "ev_language_zh" : "ev_language_en"),
  handed_off: (data) => t("ev_queued", { goal: goalOf(data) }),
  announcement: (data) => data.text ?? "",
  queue_full: (data) => t("ev_queue_full", { goal: goalOf(data) }),
  outside_hours: (data) => t("ev_outside_hours", { time: exactTime(Number(data.opens_at)) }),
  came_back: () => t("ev_came_back"),
  silence_warning: () => t("ev_silence_warning"),
  code_sent: (data) => t(data.via === "email" ? "ev_code_mailed" : "ev_code_sent"),
  identity_proved: (data) => t(data.method === "code" ? "ev_proved_code" : "ev_proved_questions"),
  proof_locked: () => t("ev_proof_locked"),
  proof_released: () => t("ev_proof_released"),
  speaker_changed: (data) => t("ev_speaker_changed", { role: roleName(data.role ?? "") }),
  call_came_in: (data) => calls("ev_call_came_in", { number: data.number ?? "" }),
  call_going_out: (data) => calls("ev_call_going_out", { number: data.number ?? "" }),
  sent_to_menu: () => calls("ev_sent_to_menu"),
  threat_marked: () => calls("ev_threat_marked"),
  task_due: () => t("ev_task_due"),
  waits_for_customer: (data) =>
    letters("ev_waits_customer", { time: exactTime(Number(data.until)) }),
  waits_for_follow_up: (data) => letters("ev_waits_day", { time: exactTime(Number(data.until)) }),
  follow_up_due: () => letters("ev_follow_up_due"),
  same_matter: (data) =>
    letters("ev_same_matter", {
      channel: channelName(data.channel ?? ""),
      reference: data.reference ?? "",
    }),
  scam_passed_on: () => letters("ev_scam_passed_on"),
  articles_read: (data) => articles("ev_read", { titles: data.titles ?? "" }),
  letter_decided: (data) =>
    written(
      data.word === "approved"
        ? "ev_letter_approved"
        : data.word === "refused"
          ? "ev_letter_refused"
          : "ev_letter_apart",
    ),
  letter_stopped: (data) => outgoing(stoppedWord(data.why ?? "")),
  talk_merged: () => joined("ev_merged"),
  talk_split: () => joined("ev_split"),
  talk_linked: () => joined("ev_linked"),
  talk_join_undone: () => joined("ev_undone"),
  waits_for_merged: () => joined("ev_waits_merged"),
  mail_other_sender: () => t("ev_mail_other_sender"),
  mail_file_refused: (data) => t(refusedFile(data.why ?? ""), { name: data.name ?? "" }),
  address_held: () => safety("ev_address_held"),
  secure_read: () => safety("ev_secure_read"),
  secure_locked: () => safety("ev_secure_locked"),
  answer_reported: () => assist("ev_answer_reported"),
  payment_judged: (data) => payment(data.verdict === "fraud" ? "judged_fraud" : "judged_genuine"),
  closed: (data) => closed(data),
};

const ICONS: Record<string, IconName> = {
  agent_joined: "user",
  supervisor_joined: "user-plus",
  consult_joined: "user-plus",
  consult_left: "sign-out",
  agent_lost: "alert",
  transfer_returned: "reply",
  language_switched: "lang",
  handed_off: "bot",
  transferred: "transfer",
  queue_full: "alert",
  outside_hours: "moon",
  came_back: "reply",
  silence_warning: "clock",
  code_sent: "send",
  identity_proved: "shield-ok",
  proof_locked: "lock",
  proof_released: "key",
  speaker_changed: "users",
  call_came_in: "phone-in",
  call_going_out: "phone",
  sent_to_menu: "keypad",
  threat_marked: "alert",
  task_due: "clipboard",
  waits_for_customer: "clock",
  waits_for_follow_up: "clock",
  follow_up_due: "clock",
  same_matter: "link",
  scam_passed_on: "alert",
  articles_read: "book",
  letter_decided: "users",
  letter_stopped: "alert",
  talk_merged: "merge",
  talk_split: "arrow-dr",
  talk_linked: "link",
  talk_join_undone: "reply",
  waits_for_merged: "merge",
  mail_other_sender: "users",
  mail_file_refused: "alert",
  address_held: "message-off",
  secure_read: "eye",
  secure_locked: "lock",
  answer_reported: "flag",
  payment_judged: "check",
  closed: "check",
};

function closed(data: Record<string, string>): string {
  if (data.reason === "silence") return t("ev_closed_silence");
  if (data.reason === "merged") return joined("ev_closed_merged");
  if (data.reason === "split_undone") return joined("ev_closed_split");
  if (data.reason === "no_reply") return letters("ev_closed_no_reply");
  if (data.reason === "task_done") return t("ev_task_done");
  if (data.reason === "solved") return t("ev_closed_solved");
  return t(data.by === "customer" ? "ev_closed_customer" : "ev_closed");
}

const goalOf = (data: Record<string, string>): string =>
  data.agent_id ? agentName(data.agent_id) : queueName(data.queue_id ?? "");

function nameOf(message: MessageView): string {
  const data = message.data ?? {};
  const told = lang.value === "zh" ? data.name_zh : data.name_en;
  return told ?? data.name ?? (data.agent_id ? agentName(data.agent_id) : t("a_colleague"));
}

export function eventText(message: MessageView): string {
  const words = WORDS[message.event ?? ""];
  if (words) return words(message.data ?? {}, nameOf(message));
  return message.text || (message.event ?? "").replaceAll("_", " ");
}

export const eventIcon = (code: string): IconName => ICONS[code] ?? "info";
