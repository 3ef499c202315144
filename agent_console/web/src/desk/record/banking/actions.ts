/** What may be asked of the bank for this customer, and giving the order. */
import type { BankAction, OrderKind, OrderLine, ScreenPop } from "../../../contract.ts";
import { remedy } from "../../../feed/index.ts";
import { toast } from "../../../ui/index.ts";
import { contacts, feed } from "../../model/store.ts";
import { t } from "./texts.ts";

const VOICES = ["owner", "joined", "consulted"];

/** Who only looks at an offer, watches or wraps up gives no orders. */
export function mayAct(record: ScreenPop): boolean {
  const contact = contacts.value[record.contact_id];
  return contact?.state === "assigned" && VOICES.includes(contact.my_role);
}

/** The action when it is open now, else null. */
export function openAction(record: ScreenPop, kind: OrderKind): BankAction | null {
  const found = record.actions.find((one) => one.kind === kind);
  return found && found.why === null && mayAct(record) ? found : null;
}

/** Why actions of these kinds are closed, one line each, for who could otherwise act. */
export function closedBecause(record: ScreenPop, kinds: readonly OrderKind[]): string[] {
  if (!mayAct(record)) return [];
  return record.actions.flatMap(({ kind, why }) =>
    why !== null && kinds.includes(kind) ? [reason(t(kind), why)] : [],
  );
}

function reason(what: string, why: string): string {
  const level = /^identity_level_(\d)$/.exec(why)?.[1];
  if (level) return t("opens_at", { what, level });
  return t(why === "not_the_speakers" ? "closed_speaker" : "closed_role", { what });
}

const RUNNING = ["awaiting_approval", "queued", "sent"];

/** The order of a kind for a card or account that is not done yet. */
export const runningOrder = (record: ScreenPop, subjectId: string): OrderLine | undefined =>
  record.orders.find((one) => one.subject_id === subjectId && RUNNING.includes(one.state));

const KNOWN = [
  "order_running",
  "slot_taken",
  "appointment_over",
  "card_blocked",
  "card_replaced",
  "card_expired",
  "same_limit",
  "bad_amount",
  "identity_level",
  "not_the_speakers",
  "no_core",
] as const;

type State = "queued" | "awaiting_approval" | "applied" | "cancelled";

/** Give an order; true when it was taken. The same key again is the same order. */
export async function giveOrder(
  command: string,
  args: { contact_id: string; key: string } & Record<string, unknown>,
): Promise<boolean> {
  const answer = await feed.send<{ state: string }>(command, args);
  if (!answer.ok) {
    const known = KNOWN.find((one) => one === answer.code);
    toast({ tone: "bad", title: known ? t(`failed_${known}`) : remedy(answer.code) });
    return false;
  }
  const states: readonly State[] = ["queued", "awaiting_approval", "applied", "cancelled"];
  const state = states.find((one) => one === answer.result.state) ?? "queued";
  toast({ tone: "ok", title: t(`asked_${state}`) });
  return true;
}
