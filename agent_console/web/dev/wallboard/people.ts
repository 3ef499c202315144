/** The agents and contacts of the design's wallboard. Everything in them is invented. */
import type { AgentTile, Both, WallContact } from "../../src/contract.ts";

type Row = [
  id: string,
  name: Both,
  over: Partial<Omit<AgentTile, "contacts">>,
  seconds: number,
  contacts?: Array<[id: string, channel: string, queue: string]>,
];

const AGENTS: Row[] = [
  [
    "a.osei",
    { en: "Amara Osei", zh: "阿玛拉·奥塞" },
    { activity: "on_contact" },
    554,
    [
      ["lin", "web_chat", "cards"],
      ["okafor", "web_chat", "loans"],
    ],
  ],
  [
    "b.duarte",
    { en: "Ben Duarte", zh: "本·杜阿尔特" },
    { activity: "on_contact" },
    1102,
    [["zhou", "web_chat", "payments"]],
  ],
  [
    "liu.xin",
    { en: "Liu Xin", zh: "刘欣" },
    { activity: "on_contact" },
    425,
    [["garcia", "web_chat", "messages"]],
  ],
  [
    "m.kato",
    { en: "Mina Kato", zh: "加藤美奈" },
    { activity: "ringing" },
    6,
    [["sun", "web_chat", "payments"]],
  ],
  ["t.reyes", { en: "Tom Reyes", zh: "汤姆·雷耶斯" }, {}, 41],
  ["hu.zhen", { en: "Hu Zhen", zh: "胡真" }, {}, 192],
  [
    "s.noor",
    { en: "Sara Noor", zh: "萨拉·努尔" },
    { activity: "wrap_up" },
    228,
    [["old", "web_chat", "payments"]],
  ],
  [
    "wu.jia",
    { en: "Wu Jia", zh: "吴佳" },
    { activity: "wrap_up" },
    52,
    [["old2", "web_chat", "cards"]],
  ],
  [
    "e.petit",
    { en: "Eva Petit", zh: "埃娃·珀蒂" },
    { activity: "on_contact" },
    700,
    [["dupont", "email", "email"]],
  ],
  [
    "yang.chao",
    { en: "Yang Chao", zh: "杨超" },
    { presence: "break", presence_reason: "short" },
    970,
  ],
  [
    "n.fox",
    { en: "Nadia Fox", zh: "娜迪娅·福克斯" },
    { presence: "break", presence_reason: "lunch" },
    1323,
  ],
  [
    "gao.shan",
    { en: "Gao Shan", zh: "高山" },
    { presence: "training", presence_reason: "course" },
    1875,
  ],
  ["r.lind", { en: "Ruth Lind", zh: "露丝·林德" }, { presence: "offline" }, 9000],
];

export function agentTiles(now: number): Record<string, AgentTile> {
  return Object.fromEntries(
    AGENTS.map(([id, name, over, seconds, contacts = []]) => [
      id,
      {
        id,
        name,
        team: "cards",
        presence: "available",
        presence_reason: "",
        presence_since: now - seconds,
        phone_ready: true,
        activity: "idle",
        activity_since: now - seconds,
        contacts: contacts.map(([key, channel, queue_id]) => ({ id: key, channel, queue_id })),
        load_units: contacts.length * 4,
        capacity_units: 12,
        queues: ["cards", "payments"],
        skills: [{ skill: "cards", level: 3 }],
        assists: [],
        ...over,
      },
    ]),
  );
}

type Line = [
  id: string,
  title: string,
  queue: string,
  agent: string | null,
  seconds: number,
  over?: Partial<WallContact>,
];

const CONTACTS: Line[] = [
  ["zhou", "Zhou K••", "payments", "b.duarte", 1102, { flags: ["help_asked"] }],
  ["lin", "Lin W••", "cards", "a.osei", 276],
  ["okafor", "Okafor D••", "loans", "a.osei", 554],
  ["sun", "Sun L••", "payments", "m.kato", 6, { state: "reserved", flags: ["ringing"] }],
  ["garcia", "Garcia P••", "messages", "liu.xin", 425, { flags: ["silent"] }],
  ["guest", "Guest 4821", "payments", null, 161, { state: "queued", flags: ["late"] }],
  ["mendes", "Mendes A••", "premier", "hu.zhen", 391],
  ["dupont", "Dupont C••", "email", "e.petit", 700, { channel: "email" }],
  ["tan", "Tan Y••", "cards", null, 72, { state: "queued" }],
];

export function wallContacts(now: number, many = 0): Record<string, WallContact> {
  const more = Array.from({ length: many }, (_, n): Line => [
    `more-${n}`,
    `Guest ${1000 + n}`,
    "cards",
    null,
    n,
    { state: "queued" },
  ]);
  return Object.fromEntries(
    [...CONTACTS, ...more].map(([id, title, queue_id, agent_id, seconds, over]) => [
      id,
      {
        id,
        channel: "web_chat",
        state: "assigned",
        title,
        title_zh: title,
        queue_id,
        agent_id,
        agent: AGENTS.find(([key]) => key === agent_id)?.[1] ?? null,
        since: now - seconds,
        queued_at: now - seconds,
        segment: null,
        flags: [],
        ...over,
      },
    ]),
  );
}
