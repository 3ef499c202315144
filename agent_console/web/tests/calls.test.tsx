import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, callContact, leg } from "../dev/desk/calls.ts";
import { deskState } from "../dev/desk/state.ts";
import { FakeWire } from "../dev/wire.ts";
import type { CallView, ContactView } from "../src/contract.ts";
import {
  callTime,
  guests,
  isConference,
  lineOf,
  overHold,
  speaking,
} from "../src/desk/calls/call.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { CallTalk } = await import("../src/desk/calls/CallTalk.tsx");
const { goalOf } = await import("../src/desk/calls/GoalDialog.tsx");
const { placesOf } = await import("../src/desk/calls/Player.tsx");
const { callDialog, muteWish } = await import("../src/desk/calls/acts.ts");
const { mergeWhenUp, watchAdding } = await import("../src/desk/calls/adding.ts");
const { phone } = await import("../src/softphone/phone.ts");
const { shortcuts } = await import("../src/keys/shortcuts.ts");

const now = Date.now() / 1000;
const said = () => wire.asked.filter((one) => one.event === "do").map((one) => one.payload);

function state(over: Partial<CallView> = {}, more: Partial<ContactView> = {}) {
  const made = deskState(now);
  const contact = { ...callContact(now), ...more };
  made.contacts = { call: { ...contact, call: call(now, over) } };
  return made;
}

function show(over: Partial<CallView> = {}, more: Partial<ContactView> = {}): HTMLElement {
  const made = state(over, more);
  wire.hear("snapshot", { position: 1, server_now: now, state: made });
  const root = document.createElement("div");
  document.body.append(root);
  act(() => render(<CallTalk contact={made.contacts.call!} />, root));
  return root;
}

const press = (root: HTMLElement, name: string): void => {
  const found = [...root.querySelectorAll("button")].find((one) => one.textContent === name);
  if (!found) throw new Error(`no button ${name}`);
  act(() => found.click());
};

const names = (root: HTMLElement): string[] =>
  [...root.querySelectorAll(".cbtn")].map((one) => one.textContent ?? "");

beforeEach(() => {
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  if (!wire.connected) wire.connect();
  phone.state.value = "in_call";
});
afterEach(() => {
  for (const one of document.body.children) render(null, one);
  document.body.replaceChildren();
  callDialog.value = null;
  muteWish.value = null;
});

describe("what a call says about itself", () => {
  it("counts who talks beside customer and agent, and not who listens", () => {
    const listening = leg("s", { kind: "supervisor", role: "listen" });
    const ben = leg("b", { kind: "agent" });
    const both = call(now, { legs: [...call(now).legs, listening, ben] });
    expect(guests(both)).toEqual([ben]);
    expect(isConference(both)).toBe(true);
    expect(isConference(call(now))).toBe(false);
  });

  it("reminds of a hold after a minute, and not of music without one", () => {
    const legs = [leg("c", { on_hold: true })];
    const held = call(now, { legs, held_since: now - 65 });
    expect(overHold(held, now)).toBe(65);
    expect(overHold({ ...held, held_since: now - 59 }, now)).toBeNull();
    expect(overHold({ ...held, legs: [leg("c")] }, now)).toBeNull();
  });

  it.each([
    [4.2, 0.001, "good"],
    [3.4, 0.001, "weak"],
    [4.0, 0.05, "weak"],
    [2.7, 0, "bad"],
    [4.2, 0.1, "bad"],
  ] as const)("calls a line of %s and %s loss %s", (mos, loss_ratio, word) => {
    expect(lineOf({ mos, loss_ratio, jitter_seconds: 0 })).toBe(word);
  });

  it("knows who speaks", () => {
    expect(speaking(0.5, 0.02, false)).toBe("me");
    expect(speaking(0.5, 0.02, true)).toBe("nobody");
    expect(speaking(0.2, 0.4, false)).toBe("them");
    expect(speaking(0.01, 0.02, false)).toBe("nobody");
  });

  it("writes times of a call", () => {
    expect([callTime(5), callTime(276.9), callTime(3723)]).toEqual(["00:05", "04:36", "1:02:03"]);
  });
});

describe("the call bar", () => {
  it("has its controls in one order", () => {
    expect(names(show())).toEqual([
      "Mute", "Hold", "Keypad", "Consult", "Transfer", "Add", "End",
    ]);
  });

  it("hides what the line cannot do, and all but the end while it connects", () => {
    expect(names(show({ abilities: [] }))).toEqual([
      "Mute", "Keypad", "Consult", "Transfer", "End",
    ]);
    expect(names(show({ state: "connecting" }))).toEqual(["End"]);
  });

  it("lets a consulted colleague be silent and go", () => {
    const root = show({}, { my_role: "consulted" });
    expect(names(root)).toEqual(["Mute", "Leave"]);
    press(root, "Leave");
    expect(said()).toContainEqual({ command: "leave", args: { contact_id: "call" } });
  });

  it("silences the microphone at once, and again when the hub refuses", async () => {
    const silent = vi.spyOn(phone, "setMuted");
    const root = show();
    wire.answer = () => Promise.resolve({ ok: false, code: "not_connected", detail: "" });
    press(root, "Mute");
    expect(silent).toHaveBeenLastCalledWith(true);
    expect(muteWish.value).toBe(true);
    await vi.waitFor(() =>
      expect(said()).toContainEqual({
        command: "mute_call",
        args: { contact_id: "call", on: true },
      }),
    );
    await vi.waitFor(() => expect(muteWish.value).toBeNull());
  });

  it("gives each control its key, and the keys with the bar away again", () => {
    const keys = () => shortcuts.value.map((one) => one.keys);
    const root = show();
    expect(keys()).toEqual(
      expect.arrayContaining(["Alt+KeyM", "Alt+KeyH", "Alt+KeyK", "Alt+KeyC", "Alt+Shift+KeyE"]),
    );
    act(() => render(null, root));
    expect(keys()).not.toContain("Alt+KeyM");
  });

  it("holds and fetches back, one after the other", async () => {
    const holds = () =>
      said()
        .filter((one) => (one as { command: string }).command === "hold_call")
        .map((one) => (one as { args: { on: boolean } }).args.on);
    const answers: Array<(answer: unknown) => void> = [];
    wire.answer = () => new Promise((done) => answers.push(done));
    press(show(), "Hold");
    await vi.waitFor(() => expect(holds()).toEqual([true]));
    const legs = [leg("c", { on_hold: true }), leg("a", { kind: "agent", is_mine: true })];
    press(show({ legs, state: "held", held_since: now }), "Resume");
    expect(holds()).toEqual([true]);
    for (const done of answers) done({ ok: true, result: {} });
    await vi.waitFor(() => expect(holds()).toEqual([true, false]));
  });
});

describe("more than two on the line", () => {
  const legs = [
    leg("c", { on_hold: true }),
    leg("a", { kind: "agent", is_mine: true }),
    leg("b", { kind: "agent", name: { en: "Ben Duarte", zh: "本" } }),
  ];

  it("offers to hand over, swap or talk together once the colleague is there", () => {
    const root = show({ legs, state: "consulting" });
    expect(root.querySelector(".together")?.textContent).toContain("Ben Duarte");
    for (const [name, command] of [
      ["Hand over", "complete_transfer"],
      ["Swap", "swap_call"],
      ["Talk together", "merge_call"],
    ] as const) {
      press(root, name);
      expect(said().at(-1)).toEqual({ command, args: { contact_id: "call" } });
    }
  });

  it("waits with that while it rings", () => {
    const ringing = [...legs.slice(0, 2), leg("b", { kind: "agent", state: "ringing" })];
    press(show({ legs: ringing, state: "consulting" }), "Hand over");
    expect(JSON.stringify(said())).not.toContain("complete_transfer");
  });

  it("joins all when somebody was added and has answered", async () => {
    watchAdding();
    show({ legs: legs.slice(0, 2), state: "held" });
    mergeWhenUp("call");
    wire.hear("snapshot", { position: 2, server_now: now, state: state({ legs }) });
    await vi.waitFor(() =>
      expect(said()).toContainEqual({ command: "merge_call", args: { contact_id: "call" } }),
    );
  });
});

describe("what a call asks of its agent", () => {
  it("says that the line dropped and offers to call back", () => {
    const root = show({ dropped: true, state: "ended", legs: [] });
    expect(root.textContent).toContain("The call dropped. Call back?");
    press(root, "Call back");
    expect(said()).toContainEqual({ command: "call_back", args: { contact_id: "call" } });
  });

  it("says that nobody is heard when the microphone is refused", () => {
    phone.state.value = "blocked";
    expect(show().textContent).toContain("The microphone is not available");
  });

  it("shows the way through the menu with keys and words", () => {
    const stops = [...show().querySelectorAll(".ivr .stop")].map((one) => one.textContent);
    expect(stops).toEqual([
      "Called 95••8", "2中文", "1Cards", "3Lost or stolen", "在国外丢了卡", "You",
    ]);
  });
});

describe("whom to call", () => {
  it.each([
    ["outside", "+852 2123 4567", { number: "+852 2123 4567" }],
    ["outside", "call me", null],
    ["outside", "", null],
    ["queue", "cards", { queue_id: "cards" }],
    ["colleague", "ben", { agent_id: "ben" }],
    ["colleague", "", null],
  ] as const)("%s %s", (to, chosen, goal) => {
    expect(goalOf(to, chosen)).toEqual(goal);
  });
});

it("finds notes in a recording whose pauses were left out", () => {
  const one = { started_at: 100, seconds: 50, paused: [[10, 20]] as Array<[number, number]> };
  const places = placesOf(one, [
    { at: 105, label: "before" },
    { at: 115, label: "inside" },
    { at: 130, label: "after" },
    { at: 90, label: "earlier" },
    { at: 400, label: "later" },
  ]);
  expect(places.map(({ label, seconds }) => [label, seconds])).toEqual([
    ["before", 5],
    ["inside", 10],
    ["after", 20],
  ]);
});
