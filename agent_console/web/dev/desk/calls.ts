/** A call as the design shows it, and a line that can do everything. */
import type { CallView, ContactView, LegView, MessageView } from "../../src/contract.ts";
import { message } from "../make.ts";
import { contact } from "./contacts.ts";

export function leg(id: string, over: Partial<LegView> = {}): LegView {
  return {
    id,
    kind: "customer",
    name: null,
    number: null,
    part: "",
    state: "up",
    role: "talk",
    on_hold: false,
    muted: false,
    is_mine: false,
    since: 0,
    ...over,
  };
}

export function call(now: number, over: Partial<CallView> = {}): CallView {
  return {
    state: "talking",
    started_at: now - 328,
    talking_since: now - 276,
    held_since: null,
    number: "+86 138 •••• 2716",
    number_is: "bank",
    called: "95••8",
    legs: [
      leg("c1", { number: "+86 138 •••• 2716", since: now - 328 }),
      leg("a1", { kind: "agent", is_mine: true, since: now - 276 }),
    ],
    recording: { id: "r1", state: "on" },
    path: [
      { keys: "2", label: { en: "中文", zh: "中文" }, words: "", at: now - 326 },
      { keys: "1", label: { en: "Cards", zh: "卡片" }, words: "", at: now - 320 },
      { keys: "3", label: { en: "Lost or stolen", zh: "挂失" }, words: "", at: now - 314 },
      { keys: "", label: "", words: "在国外丢了卡", at: now - 308 },
    ],
    quality: { mos: 4.2, loss_ratio: 0.001, jitter_seconds: 0.008 },
    dropped: false,
    threat: false,
    abilities: ["hold", "conference", "coach", "recording", "recording_pause", "dial_out"],
    ...over,
  };
}

export const callContact = (now: number): ContactView =>
  contact("call", now, {
    channel: "phone",
    title: "Lin Wei",
    title_zh: "林薇",
    language: "zh",
    waited_seconds: 52,
    assigned_at: now - 276,
    reply_due_at: null,
    last_text: "Card lost while travelling",
    last_seq: 4,
    seen_by_staff_seq: 4,
    call: call(now),
  });

export const callMessages = (now: number): MessageView[] =>
  (
    [
      ["bot", "欢迎致电北湄银行。普通话请按 2。", {}],
      ["customer", "2", {}],
      ["bot", "卡片业务请按 1。", {}],
      ["customer", "1", {}],
      ["system", "", { kind: "event", event: "agent_joined", data: { name_en: "Amara Osei" } }],
      ["agent", "One-time code fails, no roaming. Ask two questions.", { audience: "staff" }],
    ] as const
  ).map(([speaker, text, over], index) =>
    message({
      conversation_id: "talk-call",
      contact_id: "call",
      seq: index + 1,
      speaker,
      text,
      at: now - 326 + index * 12,
      ...over,
    }),
  );
