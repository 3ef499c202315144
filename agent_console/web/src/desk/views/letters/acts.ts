/** What is done to lines of a list, one or many, and how the result is told. */
import type { DoneTogether, LetterLine } from "../../../contract/letters.ts";
import { done } from "../../../feed/index.ts";
import { serverNow } from "../../../lib/clock.ts";
import { span } from "../../../i18n/index.ts";
import { toast } from "../../../ui/index.ts";
import { queueName } from "../../model/names.ts";
import { choose as openContact, contacts, feed } from "../../model/store.ts";
import { chosenIds, load } from "./model.ts";
import { t } from "./texts.ts";

interface Because {
  rule: string;
  wait_seconds: number;
  target_seconds: number;
  waiting: number;
  preferred: boolean;
  value: number;
}

interface Next {
  contact_id: string;
  queue_id: string;
  because: Because;
}

/** Go to a contact of one's own as soon as the feed has brought it. */
function goTo(contactId: string): void {
  const isThere = (): boolean => contacts.value[contactId] !== undefined;
  if (isThere()) return openContact(contactId);
  const stop = contacts.subscribe(() => {
    if (!isThere()) return;
    queueMicrotask(() => stop());
    openContact(contactId);
  });
}

/** Take what routing would give next, and say why it is this one. */
export async function takeNext(): Promise<void> {
  const answer = await feed.send<Next>("take_next", {});
  if (!answer.ok) {
    if (answer.code === "nothing_waits") {
      toast({ tone: "ok", title: t("nothing_waits"), text: t("nothing_waits_more") });
    } else if (answer.code === "agent_has_offer") {
      toast({ tone: "risk", title: t("take_next"), text: t("agent_has_offer") });
    } else done(answer);
    return;
  }
  const { because, queue_id, contact_id } = answer.result;
  toast({ tone: "ok", title: t("taken_next"), text: why(because, queueName(queue_id)) });
  goTo(contact_id);
}

function why(because: Because, queue: string): string {
  const words = [
    t("because", {
      wait: span(because.wait_seconds),
      target: span(because.target_seconds),
      count: because.waiting,
      queue,
    }),
  ];
  if (because.preferred) words.push(t("because_preferred"));
  if (because.value > 0) words.push(t("because_premier"));
  return words.join(" ");
}

export async function take(line: LetterLine): Promise<void> {
  if (!done(await feed.send("take_letter", { contact_id: line.contact_id }))) return;
  goTo(line.contact_id);
  void load(true);
}

export async function sendAgain(line: LetterLine): Promise<void> {
  const args = { contact_id: line.contact_id, seq: line.seq };
  if (!done(await feed.send("retry_delivery", args))) return;
  toast({ tone: "ok", title: t("sent_again") });
  void load(true);
}

type Kind = "assign" | "tag" | "close";

/** Do something with all that are chosen; what was refused is told with its reason. */
export async function together(kind: Kind, args: Record<string, unknown>): Promise<boolean> {
  const ids = [...chosenIds.value];
  const answer = await feed.send<DoneTogether>(`${kind}_letters`, { contact_ids: ids, ...args });
  if (!answer.ok) {
    if (answer.code !== "none_done") return done(answer);
    toast({ tone: "bad", title: t("none_done"), text: whys((answer.detail ?? "").split(", ")) });
    return false;
  }
  const { rows, deed_id, undo_until } = answer.result;
  const refused = rows.filter((row) => row.code);
  chosenIds.value = new Set(refused.map((row) => row.contact_id));
  toast({
    tone: refused.length ? "risk" : "ok",
    title: t(`done_${kind}`, { count: rows.length - refused.length }),
    ...(refused.length ? { text: left(refused.map((row) => row.code)) } : {}),
    ...(deed_id ? { action: { label: t("undo"), run: () => void undo(deed_id) } } : {}),
    seconds: Math.min(20, Math.max(6, undo_until - serverNow())),
  });
  void load(true);
  return true;
}

async function undo(deedId: string): Promise<void> {
  const answer = await feed.send<DoneTogether>("undo_letters", { deed_id: deedId });
  if (!answer.ok) {
    if (answer.code !== "too_late") return void done(answer);
    return toast({ tone: "bad", title: t("undo"), text: t("why_too_late") });
  }
  const refused = answer.result.rows.filter((row) => row.code);
  toast({
    tone: refused.length ? "risk" : "ok",
    title: t("undone", { count: answer.result.rows.length - refused.length }),
    ...(refused.length ? { text: left(refused.map((row) => row.code)) } : {}),
  });
  void load(true);
}

const left = (codes: string[]): string =>
  `${t("not_done", { count: codes.length })}: ${whys(codes)}`;

const WHYS = [
  "contact_moved_on",
  "contact_over",
  "no_capacity",
  "no_disposition",
  "unchanged",
  "agent_offline",
  "no_contact",
] as const;

function whys(codes: string[]): string {
  const words = codes.map((code) => {
    const known = WHYS.find((one) => one === code);
    return known ? t(`why_${known}`) : t("why_other");
  });
  return [...new Set(words)].join(", ");
}
