import type { ContactView, MessageView, OfferView } from "../../src/contract.ts";
import { message } from "../make.ts";
import { SOFIA } from "./letters.ts";
import { setup } from "./setup.ts";

const AMARA = { en: "Amara Osei", zh: "阿玛拉·奥塞" };

/** A contact in an ordinary talk; tests and fixtures change what they need. */
export function contact(id: string, now: number, over: Partial<ContactView> = {}): ContactView {
  return {
    id,
    conversation_id: `talk-${id}`,
    channel: "web_chat",
    state: "assigned",
    my_role: "owner",
    assignment_id: `work-${id}`,
    queue_id: "cards",
    language: "en",
    title: "Lin Wei",
    title_zh: "林薇",
    known: true,
    segment: "premier",
    arrived_at: now - 460,
    queued_at: now - 410,
    assigned_at: now - 372,
    closed_at: null,
    waited_seconds: 38,
    target_seconds: 60,
    answer_due_at: null,
    last_speaker: "customer",
    last_text: "Yes, the card is in my wallet.",
    last_at: now - 22,
    reply_due_at: now + 98,
    last_seq: 16,
    seen_by_customer_seq: 15,
    seen_by_staff_seq: 16,
    customer_present: true,
    participants: [{ agent_id: "a.osei", name: AMARA, role: "owner" }],
    hand_off: null,
    transfer_note: null,
    wrap_up: null,
    ended: null,
    account: "main",
    call: null,
    ...over,
  };
}

export function contacts(now: number): Record<string, ContactView> {
  const lin = contact("lin", now, {
    hand_off: {
      wants: "To dispute a card payment they do not recognise",
      collected: [
        { label: "Card", value: "Debit card ending 4417" },
        { label: "Payment", value: "¥3,280.00 · Luma Electronics · 12 May" },
      ],
      task: null,
      tried: ["Read “Pending or posted?”", "Payment is posted, so they asked for a person"],
      bot_seq_from: 1,
      bot_seq_to: 9,
    },
  });
  const david = contact("david", now, {
    title: "David Okafor",
    assigned_at: now - 300,
    title_zh: "戴维·奥卡福",
    segment: "everyday",
    queue_id: "loans",
    last_text: "Yes, the loan started in March. Can I pay it back early?",
    last_at: now - 72,
    reply_due_at: now + 36,
    last_seq: 5,
    seen_by_staff_seq: 3,
  });
  const guest = contact("guest", now, {
    title: "Guest 4821",
    assigned_at: now - 250,
    title_zh: "访客 4821",
    known: false,
    segment: null,
    language: "zh",
    queue_id: "branches",
    last_speaker: "agent",
    last_text: "湖滨路网点九点开门。",
    last_at: now - 640,
    reply_due_at: null,
    customer_present: false,
    last_seq: 3,
    seen_by_staff_seq: 3,
  });
  const sofia = contact("sofia", now, {
    title: "Sofia Marques",
    assigned_at: now - 200,
    title_zh: "索菲娅·马克斯",
    channel: "email",
    queue_id: "payments",
    segment: "everyday",
    last_text: "Statement for March shows a fee I did not agree to",
    last_at: now - 900,
    reply_due_at: now - 12,
    last_seq: 2,
    seen_by_staff_seq: 1,
  });
  const wang = contact("wang", now, {
    title: "Wang Jing",
    title_zh: "王静",
    my_role: "wrap_up",
    state: "closed",
    closed_at: now - 38,
    reply_due_at: null,
    ended: { ending: "handled", reason: "agent_ended" },
    last_seq: 3,
    seen_by_staff_seq: 3,
    wrap_up: {
      started_at: now - 38,
      until: now + 82,
      extended: 0,
      dispositions: setup.queues[0]?.dispositions ?? [],
    },
  });
  return Object.fromEntries([lin, david, guest, sofia, wang].map((one) => [one.id, one]));
}

export const offer = (now: number): OfferView => ({
  reservation_id: "offer-1",
  contact_id: "zhao",
  channel: "web_chat",
  queue_id: "payments",
  offered_at: now,
  expires_at: now + 25,
  waited_seconds: 84,
  target_seconds: 60,
  title: "Zhao Min",
  title_zh: "赵敏",
  segment: "everyday",
  language: "zh",
  wants: "A transfer that has not arrived",
  identity: { level: 2, proof: "signed_in_page" },
  cause: "handed_off",
  because: {},
});

export type Line = [MessageView["speaker"], string, Partial<MessageView>?];

const LIN: Line[] = [
  ["bot", "Hello, I am the assistant of Northmere Bank. I can answer many things at once."],
  ["customer", "There is a payment I do not know"],
  ["bot", "Is it still pending, or is it posted?"],
  ["customer", "Posted"],
  ["bot", "Which card was used?"],
  ["customer", "The debit card ending 4417"],
  ["bot", "Thank you. Have a look at “Pending or posted?”"],
  ["customer", "I want to talk to a person"],
  ["bot", "I will hand you over to a colleague."],
  [
    "system",
    "",
    { kind: "event", event: "agent_joined", data: { name_en: AMARA.en, name_zh: AMARA.zh } },
  ],
  [
    "agent",
    "Hello Ms Lin, this is Amara from Northmere Bank. I can see the payment of ¥3,280.00 " +
      "to Luma Electronics. Do you still have the card with you?",
    { agent_id: "a.osei", name: AMARA },
  ],
  ["customer", "Yes, the card is in my wallet. I have never bought anything from that shop."],
  [
    "customer",
    "",
    {
      kind: "file",
      file: {
        id: "f1",
        name: "payment-alert.png",
        media_type: "image/png",
        size_bytes: 219_136,
        href: "/files/f1?t=x",
      },
    },
  ],
  [
    "agent",
    "Same merchant was reported by two other customers this morning. Fraud desk, please watch.",
    { agent_id: "a.osei", name: AMARA, audience: "staff" },
  ],
  [
    "agent",
    "Thank you. I have blocked the card so nothing else can be charged. " +
      "Your money stays protected while we look into this.",
    { agent_id: "a.osei", name: AMARA },
  ],
  ["customer", "Thank you. What happens next?"],
];

const talk = (id: string, now: number, lines: Line[]): MessageView[] =>
  lines.map(([speaker, text, over], index) =>
    message({
      conversation_id: `talk-${id}`,
      contact_id: id,
      seq: index + 1,
      speaker,
      text,
      at: now - 420 + index * 26,
      ...over,
    }),
  );

export function messages(now: number): Record<string, MessageView[]> {
  const short: Line[] = [
    ["customer", "Hello"],
    ["agent", "Hello, how can I help you?", { agent_id: "a.osei", name: AMARA }],
    ["customer", "It is about my account"],
    ["customer", "Are you there?"],
    ["customer", "Yes, the loan started in March. Can I pay it back early?"],
  ];
  return {
    "talk-lin": talk("lin", now, LIN),
    "talk-david": talk("david", now, short),
    "talk-guest": talk("guest", now, [
      ["customer", "湖滨路网点几点开门？"],
      ["agent", "湖滨路网点九点开门。", { agent_id: "a.osei", name: AMARA }],
    ]),
    "talk-sofia": talk("sofia", now - 86_400, SOFIA),
    "talk-wang": talk("wang", now, short.slice(0, 3)),
    "talk-zhao": talk("zhao", now, [["customer", "我的转账还没有到账"]]),
  };
}
