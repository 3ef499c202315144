import type { ConsoleSetup, MeView } from "../../src/contract.ts";

const CARDS = [
  ["blocked", "Lost or stolen: card blocked", "挂失：已锁卡"],
  ["disputed", "Card payment disputed", "已提交交易争议"],
  ["replaced", "Replacement card ordered", "已补办新卡"],
  ["advice", "Question answered", "已解答咨询"],
  ["other", "Something else", "其他"],
] as const;

const dispositions = CARDS.map(([code, en, zh]) => ({ code, label: { en, zh } }));

export const setup: ConsoleSetup = {
  presence_reasons: [
    { presence: "break", code: "lunch", label: { en: "Lunch", zh: "午餐" } },
    { presence: "break", code: "short", label: { en: "Short break", zh: "短暂休息" } },
    { presence: "training", code: "course", label: { en: "Course", zh: "课程" } },
  ],
  decline_reasons: [
    { code: "busy", label: { en: "Busy", zh: "正忙" } },
    { code: "wrong_skill", label: { en: "Not my field", zh: "非我专长" } },
    { code: "conflict", label: { en: "I know this customer", zh: "与客户相识" } },
  ],
  letter_tags: [{ code: "urgent", label: { en: "Urgent", zh: "紧急" } }],
  task_kinds: [
    { code: "follow_up", label: { en: "Follow up", zh: "跟进" }, staff_may_open: true },
    { code: "callback", label: { en: "Call back", zh: "回电客户" }, staff_may_open: true },
  ],
  case_kinds: [
    { code: "dispute", label: { en: "Disputed payment", zh: "争议交易" } },
    { code: "complaint", label: { en: "Complaint", zh: "投诉" } },
  ],
  replies: [
    {
      code: "hello",
      title: { en: "Greeting", zh: "问候" },
      text: {
        en: "Hello {customer_name}, this is {agent_name} from Northmere Bank. How can I help you?",
        zh: "您好，{customer_name}，我是北湄银行的{agent_name}，请问有什么可以帮您？",
      },
      queues: [],
    },
    {
      code: "dispute-open",
      title: { en: "Dispute opened", zh: "争议已提交" },
      text: {
        en: "I have opened a dispute for this payment. We will write within 10 working days.",
        zh: "已为您提交该笔交易的争议，我们会在 10 个工作日内书面答复您。",
      },
      queues: ["cards"],
    },
    {
      code: "dispute-docs",
      title: { en: "Ask for documents", zh: "索取材料" },
      text: {
        en: "Could you send a receipt or any message from the shop? You can attach it here.",
        zh: "请问您能提供小票或商户发来的信息吗？可以直接在这里上传。",
      },
      queues: ["cards"],
    },
  ],
  queues: [
    { id: "cards", name: { en: "Card disputes", zh: "卡片争议" }, dispositions },
    { id: "payments", name: { en: "Payments", zh: "支付转账" }, dispositions },
    { id: "loans", name: { en: "Home loans", zh: "住房贷款" }, dispositions },
    { id: "branches", name: { en: "Branches and ATMs", zh: "网点与自助机" }, dispositions },
  ],
  agents: [
    { id: "b.duarte", name: { en: "Ben Duarte", zh: "本·杜阿尔特" }, team: "cards" },
    { id: "y.chen", name: { en: "Yifan Chen", zh: "陈一帆" }, team: "cards" },
    { id: "p.novak", name: { en: "Petra Novak", zh: "佩特拉·诺瓦克" }, team: "loans" },
  ],
  block_hours: [0, 24, 168],
  extend_reasons: [
    { code: "notes", label: { en: "Writing notes", zh: "填写记录" } },
    { code: "advice", label: { en: "Asking for advice", zh: "请教同事" } },
  ],
  extensions_most: 3,
  protected: [
    {
      code: "balance",
      why: { en: "It tells what the customer owns.", zh: "会透露客户的财产。" },
    },
  ],
  skills: [
    { code: "cards", label: { en: "Cards", zh: "银行卡" } },
    { code: "lang:zh", label: { en: "Chinese", zh: "中文" } },
  ],
  segments: [
    { code: "premier", label: { en: "Premier", zh: "尊享" } },
    { code: "everyday", label: { en: "Everyday", zh: "日常" } },
  ],
  writes: ["sms", "email"],
  accounts: [
    {
      channel: "email",
      id: "help@northmere.example",
      signature: {
        en: "Kind regards\n{agent_name}\nNorthmere Bank",
        zh: "此致敬礼\n{agent_name}\n北湄银行",
      },
    },
  ],
  calls: {
    numbers: [
      { number: "+852 9529 5018", name: { en: "Northmere Bank", zh: "北湄银行" } },
      { number: "+86 21 6000 1234", name: { en: "Shanghai", zh: "上海" } },
    ],
    directory: [
      { number: "+852 2800 1111", name: { en: "Lake Road branch", zh: "湖滨路网点" } },
      { number: "+852 2800 2222", name: { en: "Interpreters", zh: "口译服务" } },
    ],
    flows: [{ code: "pin", label: { en: "PIN by keypad", zh: "按键输入密码" } }],
  },
  time_zone: "Asia/Shanghai",
  files: { max_bytes: 10_485_760, media_types: ["image/png", "image/jpeg", "application/pdf"] },
};

export const me = (now: number): MeView => ({
  id: "a.osei",
  name: { en: "Amara Osei", zh: "阿玛拉·奥塞" },
  roles: ["agent"],
  rights: ["handle_contacts", "reveal_field"],
  presence: "available",
  presence_reason: "",
  presence_since: now - 42 * 60 - 18,
  presence_next: "",
  presence_next_reason: "",
  phone: { device: "browser", ready: true, number: null },
  capacity_units: 12,
  load_units: 8,
  channels: [
    { channel: "phone", used: 1, room: 0 },
    { channel: "web_chat", used: 2, room: 1 },
    { channel: "email", used: 1, room: 4 },
  ],
});
