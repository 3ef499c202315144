import type { ConsoleState } from "../../src/contract.ts";
import { message } from "../make.ts";
import { callContact, callMessages } from "./calls.ts";
import { contact, contacts, messages } from "./contacts.ts";
import { guest, record } from "./records.ts";
import { me, setup } from "./setup.ts";

/** The desk of the design's screens. `many` adds contacts, `long` makes the first talk longer. */
export function deskState(now: number, many = 0, long = 0): ConsoleState {
  const state: ConsoleState = {
    me: { me: me(now) },
    contacts: { ...contacts(now), call: callContact(now) },
    offers: {},
    records: {
      lin: record("lin", now),
      david: record("david", now, 1),
      guest: guest("guest", 2),
      sofia: record("sofia", now),
      wang: record("wang", now),
      zhao: record("zhao", now),
      call: record("call", now, 1),
    },
    messages: { ...messages(now), "talk-call": callMessages(now) },
    tasks: { mine: [] },
    announcements: { now: [] },
    drafts: {},
    queues: {
      cards: {
        id: "cards",
        name: { en: "Cards", zh: "卡片" },
        waiting: 4,
        longest_wait_since: now - 20,
        target_seconds: 60,
        open: true,
      },
      payments: {
        id: "payments",
        name: { en: "Payments", zh: "支付" },
        waiting: 9,
        longest_wait_since: now - 70,
        target_seconds: 60,
        open: true,
      },
    },
    figures: { today: { handled: 23, average_handle_seconds: 342, average_score: 4.7 } },
    setup: { setup },
  };
  for (let n = 0; n < many; n += 1) {
    const id = `many-${n}`;
    state.contacts[id] = contact(id, now, {
      title: `Customer ${n}`,
      title_zh: `客户 ${n}`,
      reply_due_at: now + n * 3,
      last_at: now - n,
    });
  }
  const first = state.messages["talk-lin"] ?? [];
  const older = Array.from({ length: long }, (_, n) =>
    message({
      conversation_id: "talk-lin",
      contact_id: "lin",
      seq: n + 1,
      text: `Message number ${n + 1}. `.repeat((n % 5) + 1),
      speaker: n % 3 ? "customer" : "agent",
      at: now - 90_000 + n * 10,
    }),
  );
  state.messages["talk-lin"] = [...older, ...first.map((one) => ({ ...one, seq: one.seq + long }))];
  return state;
}
