import { beforeEach, describe, expect, it } from "vitest";
import type { AlertView, IntervalFigures } from "../src/contract.ts";
import { agentTiles, wallContacts } from "../dev/wallboard/people.ts";
import { setLang } from "../src/i18n/index.ts";
import { countGroups, groupOf, inGroup, sinceOf } from "../src/wallboard/model/agents.ts";
import { detailOfAlert, inOrder, type Names, titleOfAlert } from "../src/wallboard/model/alerts.ts";
import { areaPath, labelStep, linePath, niceMax, runs, scale } from "../src/lib/scale.ts";
import { HALF_HOUR, levelFloor, slotsOf } from "../src/wallboard/model/chart.ts";
import {
  matching,
  NO_FILTER,
  needsAttention,
  steady,
  topFlag,
} from "../src/wallboard/model/rows.ts";
import { spanOf } from "../src/wallboard/people/rowsInView.ts";
import { waitSpan } from "../src/wallboard/model/waitSpan.ts";
import { wallboardState } from "../dev/wallboard/state.ts";

const NOW = 1_778_566_271;
beforeEach(() => setLang("en"));

describe("agents", () => {
  const list = Object.values(agentTiles(NOW));

  it("count by what they do before what they declared", () => {
    expect(groupOf({ activity: "on_contact", presence: "break" })).toBe("busy");
    expect(groupOf({ activity: "idle", presence: "reconnecting" })).toBe("other");
    expect(countGroups(list)).toEqual({ all: 13, busy: 5, free: 2, wrap: 2, break: 2, other: 2 });
  });

  it("stand by name, the offline last, whatever they do", () => {
    const names = inGroup(list, "all").map((one) => one.name.en);
    expect(names.slice(0, 2)).toEqual(["Amara Osei", "Ben Duarte"]);
    expect(names.at(-1)).toBe("Ruth Lind");
    expect(inGroup(list, "wrap").map((one) => one.id)).toEqual(["s.noor", "wu.jia"]);
  });

  it("on a break are timed by the break, at work by the work", () => {
    const base = { ...list[0]!, presence_since: 100, activity_since: 200 };
    expect(sinceOf({ ...base, activity: "idle", presence: "break" })).toBe(100);
    expect(sinceOf({ ...base, activity: "idle", presence: "available" })).toBe(200);
    expect(sinceOf({ ...base, activity: "wrap_up", presence: "break" })).toBe(200);
  });
});

describe("rows in sight", () => {
  it("are drawn with some more on both sides, and never past the ends", () => {
    expect(spanOf(0, 300, 40, 500)).toEqual({ from: 0, to: 24 });
    expect(spanOf(4000, 300, 40, 500)).toEqual({ from: 88, to: 120 });
    expect(spanOf(99_999, 300, 40, 500).to).toBe(500);
    expect(spanOf(0, 300, 40, 5)).toEqual({ from: 0, to: 5 });
    for (let top = 0; top < 20_000; top += 37) {
      const { from, to } = spanOf(top, 300, 40, 500);
      expect(from * 40).toBeLessThanOrEqual(top);
      expect(Math.min(500, (top + 300) / 40)).toBeLessThanOrEqual(to);
    }
  });
});

describe("rows", () => {
  const rows = Object.values(wallContacts(NOW));
  const names: Record<string, string> = { payments: "Payments", cards: "Cards" };
  const find = (over: Partial<typeof NO_FILTER>): string[] =>
    matching(rows, { ...NO_FILTER, ...over }, (id) => names[id ?? ""] ?? "").map((one) => one.id);

  it("keep the order they came in", () => {
    expect(find({})).toEqual(rows.map((one) => one.id));
  });

  it("are found by queue and agent words together, in both languages", () => {
    expect(find({ text: "pay DUARTE" })).toEqual(["zhou"]);
    expect(find({ text: "杜阿尔特" })).toEqual(["zhou"]);
    expect(find({ text: "duarte nobody" })).toEqual([]);
  });

  it("that need attention are those that call, not those that ring", () => {
    expect(find({ attention: true })).toEqual(["zhou", "garcia", "guest"]);
    expect(needsAttention({ flags: ["ringing"] })).toBe(false);
  });

  it("of a queue can be narrowed further", () => {
    expect(find({ queueId: "payments" })).toEqual(["zhou", "sun", "guest"]);
    expect(find({ queueId: "payments", attention: true })).toEqual(["zhou", "guest"]);
  });

  it("with the bot are a list of their own", () => {
    const talks = [rows[0]!, { ...rows[1]!, state: "in_self_service" }];
    const found = (bot: boolean) =>
      matching(talks, { ...NO_FILTER, bot }, () => "").map((one) => one.id);
    expect(found(false)).toEqual([rows[0]!.id]);
    expect(found(true)).toEqual([rows[1]!.id]);
  });

  it("stay where they are while the pointer is over them", () => {
    const [first, second, third] = rows;
    const changed = { ...third!, flags: ["late"] };
    const now = steady([first!, third!], [changed, second!]);
    expect(now).toEqual([first, changed, second]);
  });

  it("show the most pressing flag", () => {
    expect(topFlag(["ringing", "late", "help_asked"])).toBe("help_asked");
    expect(topFlag(["something_new"])).toBeNull();
  });
});

describe("chart", () => {
  const figures = (start_at: number, offered: number): IntervalFigures => ({
    start_at,
    offered,
    answered: offered,
    abandoned: 0,
    service_level_ratio: offered ? 1 : null,
  });

  it("has a slot for every half hour, also without contacts, and marks the current one", () => {
    const first = NOW - (NOW % HALF_HOUR) - 20 * HALF_HOUR;
    const slots = slotsOf({ a: figures(first, 7) }, NOW);
    expect(slots.length).toBe(21);
    expect(slots[0]).toMatchObject({ at: first, offered: 7, current: false });
    expect(slots[1]).toMatchObject({ offered: 0, level: null });
    expect(slots.filter((one) => one.current)).toEqual([slots.at(-1)]);
  });

  it("shows at least twelve slots and follows zones off the half hour of UTC", () => {
    const start = NOW - (NOW % HALF_HOUR) - 900; // a quarter to, as in Kathmandu
    const slots = slotsOf({ a: figures(start, 3) }, NOW);
    expect(slots.length).toBe(12);
    expect(slots.find((one) => one.offered === 3)?.at).toBe(start);
  });

  it.each([
    [0, 4],
    [4, 4],
    [7, 8],
    [11, 12],
    [111, 120],
    [161, 200],
    [999, 1000],
  ])("ends the axis of %i at %i, whose half is whole", (value, top) => {
    expect(niceMax(value)).toBe(top);
    expect(top % 2).toBe(0);
  });

  it("starts the level axis at 50% unless a level lies lower", () => {
    const slots = slotsOf({ a: figures(NOW - (NOW % HALF_HOUR), 1) }, NOW);
    expect(levelFloor(slots)).toBe(0.5);
    expect(levelFloor([{ ...slots[0]!, level: 0.31 }])).toBe(0);
  });

  it("breaks the line where nothing was measured", () => {
    expect(runs([1, 2, null, null, 3])).toEqual([[1, 2], [3]]);
    expect(
      linePath([
        { x: 0, y: 1 },
        { x: 2, y: 3.26 },
      ]),
    ).toBe("M0.0 1.0 L2.0 3.3");
    expect(areaPath([], 9)).toBe("");
    expect(areaPath([{ x: 1, y: 2 }], 9)).toBe("M1.0 2.0 L1.0 9 L1.0 9 Z");
  });

  it("maps values to pixels and spaces the labels", () => {
    const y = scale(0.5, 1, 96, 12);
    expect([y(0.5), y(0.75), y(1)]).toEqual([96, 54, 12]);
    expect([labelStep(60), labelStep(30), labelStep(12)]).toEqual([1, 2, 6]);
  });
});

describe("alerts", () => {
  const state = wallboardState(NOW);
  const names: Names = {
    agent: (id) => state.agents[id ?? ""]?.name.en ?? "",
    queue: (id) => state.tiles[id ?? ""]?.name.en ?? "",
    tile: (id) => state.tiles[id ?? ""],
  };
  const alert = (kind: AlertView["kind"]): AlertView => {
    const one = Object.values(state.alerts).find((other) => other.kind === kind);
    if (!one) throw new Error(`no ${kind} in the fixture`);
    return one;
  };

  it("stand by how much they press, then by age", () => {
    const kinds = inOrder(Object.values(state.alerts)).map((one) => one.kind);
    expect(kinds).toEqual([
      "help_asked",
      "service_level",
      "effect_unknown",
      "effect_failed",
      "low_score",
      "over_break",
    ]);
    const old = { ...alert("help_asked"), id: "old", since: NOW - 500 };
    expect(inOrder([alert("help_asked"), old]).map((one) => one.id)).toEqual(["old", "a1"]);
  });

  it("say of a lost act whether it may have happened", () => {
    expect(titleOfAlert(alert("effect_failed"), names)).toBe(
      "An SMS or e-mail could not be delivered",
    );
    expect(titleOfAlert(alert("effect_unknown"), names)).toBe(
      "An instruction to another system may have been carried out",
    );
    expect(detailOfAlert(alert("effect_unknown"), names)).toContain("Check before you try again");
  });

  it("name who, where and against what", () => {
    expect(titleOfAlert(alert("help_asked"), names)).toBe("Ben Duarte asks for help");
    expect(titleOfAlert(alert("service_level"), names)).toBe("Payments is at 64%, target 80%");
    expect(detailOfAlert(alert("service_level"), names)).toBe(
      "9 waiting, 6 of 11 agents available",
    );
    expect(titleOfAlert(alert("low_score"), names)).toBe("A customer rated 2 of 5");
    expect(titleOfAlert({ ...alert("low_score"), value: null }, names)).toBe(
      "A customer gave a low rating",
    );
  });

  it("speak Chinese too", () => {
    setLang("zh");
    expect(titleOfAlert(alert("over_break"), names)).toBe("Yang Chao 小休超时");
  });
});

it("says a wait in minutes, from an hour on without seconds", () => {
  expect([161, 3599, 3600, 11_520].map(waitSpan)).toEqual(["2:41", "59:59", "1 h", "3 h 12"]);
});
