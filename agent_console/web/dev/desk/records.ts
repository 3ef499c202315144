import type {
  Field,
  HistoryLine,
  IdentityView,
  PaymentLine,
  ScreenPop,
} from "../../src/contract.ts";

const masked = (value: string, reveal: string): Field => ({
  shown: "masked",
  value,
  why: null,
  reveal,
});
const shown = (value: string): Field => ({ shown: "shown", value, why: null, reveal: null });
const closed: Field = { shown: "closed", value: null, why: "identity_level_2", reveal: null };

const payment = (
  at: number,
  merchant: string,
  amount: string,
  over: Partial<PaymentLine> = {},
): PaymentLine => ({
  id: merchant,
  at,
  merchant,
  amount,
  currency: "CNY",
  account_id: "acc-1",
  unusual: null,
  unusual_times: null,
  ...over,
});

const history = (id: string, at: number, over: Partial<HistoryLine>): HistoryLine => ({
  contact_id: id,
  channel: "web_chat",
  at,
  queue_id: "cards",
  disposition: "advice",
  disposition_label: { en: "Question answered", zh: "已解答咨询" },
  score: null,
  agent: { en: "Ben Duarte", zh: "本·杜阿尔特" },
  ending: "handled",
  ...over,
});

const DAY = 86_400;

const unproved: IdentityView = {
  level: 0,
  proof: null,
  proved_at: null,
  proved_by: null,
  tries_left: 3,
  locked_until: null,
  code: null,
  ways: [],
  questions: false,
  blocked: null,
};

/** A known customer; `level` opens or closes what identity protects. */
export function record(contactId: string, now: number, level = 2): ScreenPop {
  const open = level >= 2;
  return {
    contact_id: contactId,
    customer: {
      id: "customer-1",
      number: "20418807",
      name: "Lin Wei",
      name_zh: "林薇",
      segment: "premier",
      lifecycle: "active",
      manager: null,
      standing: {},
      since_year: 2016,
      language: "zh",
      phone: masked("+86 138 •••• 2716", "customer.phone"),
      email: masked("l•••@mail.example", "customer.email"),
      id_number: open ? masked("3101 •••• •••• 0428", "customer.id_number") : closed,
      birth_date: open ? masked("••••-••-12", "customer.birth_date") : closed,
      address: { ...closed, why: "role" },
      warnings: [],
    },
    candidates: 0,
    restricted: null,
    identity: {
      ...unproved,
      level,
      proof: level ? "signed_in_page" : null,
      proved_at: level ? now - 470 : null,
      questions: level < 2,
      ways: [
        { via: "sms", masked: "+86 138 •••• 2716" },
        { via: "email", masked: "l•••@mail.example" },
      ],
    },
    speaker: null,
    persons: [],
    accounts: open ? accounts : accounts.map((one) => ({ ...one, balance: closed })),
    cards: [
      {
        id: "card-1",
        kind: "debit",
        number: masked("•••• 4417", "cards.card-1.number"),
        state: "blocked",
      },
      {
        id: "card-2",
        kind: "credit",
        number: masked("•••• 7735", "cards.card-2.number"),
        state: "active",
      },
    ],
    payments: open
      ? [
          payment(now - 2 * DAY, "Luma Electronics", "-3280.00", {
            unusual: "new_merchant",
            unusual_times: 4,
          }),
          payment(now - 2 * DAY - 500, "Metro Card top-up", "-50.00"),
          payment(now - 3 * DAY, "Green Basket Market", "-186.40"),
          payment(now - 4 * DAY, "Salary, Hengda Design", "21500.00"),
        ]
      : [],
    cases: [
      {
        id: "case-1",
        number: "20418",
        title: { en: "Refund of transfer fee", zh: "转账手续费退款" },
        stage: "open",
        due_at: now + 3600,
        owner: "b.duarte",
      },
      {
        id: "case-2",
        number: "D-20461",
        title: { en: "Card dispute, Luma", zh: "卡片争议 Luma" },
        stage: "waiting",
        due_at: null,
        owner: "a.osei",
      },
    ],
    tasks: [
      {
        id: "task-1",
        kind: "follow_up",
        due_at: now + DAY,
        title: { en: "Confirm refund reached the account", zh: "确认退款到账" },
      },
    ],
    history: [
      history("h1", now - 5 * DAY, { channel: "phone", score: 3 }),
      history("h2", now - 6 * DAY, { channel: "email" }),
      history("h3", now - 14 * DAY, {
        channel: "sms",
        agent: null,
        ending: "contained",
        disposition_label: null,
      }),
      history("h4", now - 31 * DAY, { channel: "callback", score: 5 }),
    ],
    consents: [
      {
        code: "recording",
        label: { en: "Recording", zh: "录音" },
        given: true,
        at: now - 900 * DAY,
      },
      {
        code: "surveys",
        label: { en: "Surveys", zh: "满意度调查" },
        given: true,
        at: now - 900 * DAY,
      },
      {
        code: "marketing",
        label: { en: "Marketing calls", zh: "营销来电" },
        given: false,
        at: null,
      },
    ],
    closed: open ? null : "identity_level_2",
    core: { as_of: now, stale_since: null },
    orders: [],
    actions: [
      { kind: "block_card", why: null, approval: false, approval_above: null },
      {
        kind: "replace_card",
        why: open ? null : "identity_level_2",
        approval: false,
        approval_above: null,
      },
      {
        kind: "change_limit",
        why: open ? null : "identity_level_2",
        approval: false,
        approval_above: "50000",
      },
      {
        kind: "change_address",
        why: open ? null : "identity_level_2",
        approval: false,
        approval_above: null,
      },
      { kind: "appointment", why: null, approval: false, approval_above: null },
    ],
  };
}

const accounts: ScreenPop["accounts"] = [
  {
    id: "acc-1",
    kind: "current",
    role: "holder",
    name: { en: "Everyday account", zh: "日常账户" },
    number: masked("•••• 8810", "account.number"),
    currency: "CNY",
    limit: shown("20000.00"),
    balance: shown("48216.05"),
  },
  {
    id: "acc-2",
    kind: "savings",
    role: "holder",
    name: { en: "Premier savings", zh: "尊享储蓄" },
    number: masked("•••• 2094", "account.number"),
    currency: "CNY",
    limit: shown("20000.00"),
    balance: shown("320000.00"),
  },
  {
    id: "acc-3",
    kind: "credit",
    role: "holder",
    name: { en: "Credit card", zh: "信用卡" },
    number: masked("•••• 7735", "account.number"),
    currency: "CNY",
    limit: shown("20000.00"),
    balance: shown("-6402.30"),
  },
];

/** A guest: nobody is known, perhaps some records match the address. */
export const guest = (contactId: string, candidates: number): ScreenPop => ({
  contact_id: contactId,
  customer: null,
  candidates,
  restricted: null,
  identity: unproved,
  speaker: null,
  persons: [],
  accounts: [],
  cards: [],
  payments: [],
  cases: [],
  tasks: [],
  history: [],
  consents: [],
  closed: "identity_level_2",
  core: null,
  orders: [],
  actions: [],
});
