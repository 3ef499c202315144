/** The wallboard of the design's screens. */
import type {
  AlertView,
  IntervalFigures,
  QueueTile,
  WallboardState,
  WallTotals,
} from "../../src/contract.ts";
import { me, setup } from "../desk/setup.ts";
import { agentTiles, wallContacts } from "./people.ts";

export const totals = (now: number): WallTotals => ({
  service_level_ratio: 0.82,
  service_level_target_ratio: 0.8,
  waiting: 58,
  longest_wait_since: now - 161,
  longest_wait_queue_id: "payments",
  offered: 934,
  answered: 843,
  abandoned: 33,
  abandoned_ratio: 0.038,
  average_handle_seconds: 342,
  contained: 612,
  contained_ratio: 0.41,
  callbacks_due: 2,
  computed_at: now,
});

type Tile = [
  id: string,
  en: string,
  zh: string,
  waiting: number,
  wait: number | null,
  level: number,
  left: number,
  eta: number | null,
  free: number,
  all: number,
  health: QueueTile["health"],
];

const TILES: Tile[] = [
  ["cards", "Cards", "卡片", 4, 72, 0.78, 0.031, 90, 8, 12, "at_risk"],
  ["payments", "Payments", "支付转账", 9, 161, 0.64, 0.074, 190, 6, 11, "missing_target"],
  ["loans", "Home loans", "住房贷款", 1, 22, 0.91, 0.012, 20, 5, 6, "on_target"],
  ["premier", "Premier", "尊享客户", 0, null, 0.96, 0.004, null, 4, 5, "on_target"],
  ["messages", "Messages", "在线消息", 6, 185, 0.88, 0.02, 120, 7, 9, "on_target"],
  ["email", "E-mail", "邮件", 38, 11_520, 0.81, 0, 14_400, 3, 4, "at_risk"],
];

const tiles = (now: number): Record<string, QueueTile> =>
  Object.fromEntries(
    TILES.map(([id, en, zh, waiting, wait, level, left, eta, free, all, health]) => [
      id,
      {
        id,
        name: { en, zh },
        channels:
          id === "email" ? ["email"] : id === "messages" ? ["sms", "web_chat"] : ["web_chat"],
        waiting,
        longest_wait_since: wait === null ? null : now - wait,
        target_seconds: id === "email" ? 14_400 : id === "messages" ? 300 : 90,
        service_level_ratio: level,
        service_level_target_ratio: id === "premier" ? 0.9 : 0.8,
        answered: 140,
        abandoned: Math.round(left * 140),
        abandoned_ratio: left,
        estimate_seconds: eta,
        staff_available: free,
        staff_signed_in: all,
        open: id !== "email",
        missing:
          id === "loans" ? [{ skills: [{ skill: "lang:zh", level: 1 }], waiting: 2 }] : [],
        health,
      },
    ]),
  );

const alert = (
  id: string,
  kind: AlertView["kind"],
  since: number,
  over: Partial<AlertView>,
): AlertView => ({
  id,
  kind,
  since,
  queue_id: null,
  agent_id: null,
  contact_id: null,
  value: null,
  topic: null,
  action: null,
  ref: null,
  severity: 0,
  acknowledged: null,
  ...over,
});

const alerts = (now: number): AlertView[] => [
  alert("a1", "help_asked", now - 30, {
    agent_id: "b.duarte",
    contact_id: "zhou",
    queue_id: "payments",
    action: "join",
  }),
  alert("a2", "service_level", now - 900, {
    queue_id: "payments",
    value: 0.64,
    action: "see_queue",
  }),
  alert("a3", "over_break", now - 360, { agent_id: "yang.chao", value: 600, action: "ask_back" }),
  alert("a4", "low_score", now - 1200, {
    agent_id: "e.petit",
    value: 2,
    action: "task",
    ref: "task-1",
  }),
  alert("a5", "effect_failed", now - 700, { action: "retry", ref: "effect-1", topic: "notify" }),
  alert("a6", "effect_unknown", now - 300, { action: "retry", ref: "effect-2" }),
];

const LEVELS = [0.92, 0.9, 0.86, 0.82, 0.74, 0.79, 0.83, 0.85, 0.88, 0.9, 0.84, 0.77, null];
const VOLUMES = [41, 60, 90, 102, 111, 97, 95, 89, 78, 75, 84, 98, 34];

function intervals(now: number): Record<string, IntervalFigures> {
  const start = Math.floor(now / 1800) * 1800 - 12 * 1800;
  return Object.fromEntries(
    VOLUMES.map((offered, n) => {
      const start_at = start + n * 1800;
      const one = {
        start_at,
        offered,
        answered: offered - 4,
        abandoned: 3,
        service_level_ratio: LEVELS[n] ?? null,
      };
      return [String(start_at), one];
    }),
  );
}

export function wallboardState(now: number, many = 0): WallboardState {
  const rights = [
    "handle_contacts",
    "see_wallboard",
    "watch_contacts",
    "steer_contacts",
    "change_presence_of_others",
    "handle_follow_ups",
    "retry_effects",
  ];
  return {
    me: {
      me: {
        ...me(now),
        id: "r.lindqvist",
        name: { en: "Rosa Lindqvist", zh: "罗莎·林奎斯特" },
        roles: ["supervisor"],
        rights,
      },
    },
    totals: { today: totals(now) },
    tiles: tiles(now),
    agents: agentTiles(now),
    contacts: wallContacts(now, many),
    alerts: Object.fromEntries(alerts(now).map((one) => [one.id, one])),
    satisfaction: {
      today: {
        average: 4.6,
        answers: 312,
        offered: 918,
        by_score: { 5: 221, 4: 53, 3: 19, 2: 10, 1: 9 },
        by_channel: { email: 3.9, web_chat: 4.7 },
        comments: [
          {
            score: 2,
            text: "Waited three hours for an answer about a fee.",
            channel: "email",
            at: now - 1800,
          },
          {
            score: 5,
            text: "Card blocked in two minutes, thank you.",
            channel: "web_chat",
            at: now - 1100,
          },
          { score: 5, text: "客服很耐心，卡马上就冻结了。", channel: "web_chat", at: now - 2400 },
        ],
      },
    },
    announcements: { now: [] },
    switches: { now: [], parts: SWITCHES },
    intervals: intervals(now),
    watched: {},
    records: {},
    messages: {},
    setup: { setup },
  };
}

const SWITCHES = { intent: ["balance"], errand: ["balance"], channel: ["web_chat"] };

/** A day that has just begun. */
export function emptyState(now: number): WallboardState {
  const full = wallboardState(now);
  const none: Partial<WallTotals> = {
    service_level_ratio: null,
    waiting: 0,
    longest_wait_since: null,
    longest_wait_queue_id: null,
    offered: 0,
    answered: 0,
    abandoned: 0,
    abandoned_ratio: null,
    average_handle_seconds: null,
    contained: 0,
    contained_ratio: null,
  };
  const calm = Object.values(full.tiles).map((one): [string, QueueTile] => [
    one.id,
    {
      ...one,
      waiting: 0,
      longest_wait_since: null,
      service_level_ratio: null,
      abandoned: 0,
      abandoned_ratio: null,
      estimate_seconds: null,
      health: "on_target",
    },
  ]);
  return {
    ...full,
    totals: { today: { ...totals(now), ...none } },
    tiles: Object.fromEntries(calm),
    agents: {},
    contacts: {},
    alerts: {},
    satisfaction: {
      today: { average: null, answers: 0, offered: 0, by_score: {}, by_channel: {}, comments: [] },
    },
    announcements: { now: [] },
    switches: { now: [], parts: SWITCHES },
    intervals: {},
  };
}
