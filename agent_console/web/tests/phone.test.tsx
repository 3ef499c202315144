import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call, callContact, leg } from "../dev/desk/calls.ts";
import { deskState } from "../dev/desk/state.ts";
import { FakeWire } from "../dev/wire.ts";
import type { CallView, MeView } from "../src/contract.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { CallTalk } = await import("../src/desk/calls/CallTalk.tsx");
const { NotReady } = await import("../src/desk/calls/NotReady.tsx");
const { SaveNumber } = await import("../src/desk/calls/SavedNumber.tsx");
const { tellPhone } = await import("../src/desk/calls/telling.ts");
const { isSwitchedOff } = await import("../src/desk/calls/ready.ts");
const { phone } = await import("../src/softphone/phone.ts");

const now = Date.now() / 1000;
const told = () =>
  wire.asked
    .map((one) => one.payload as { command?: string; args?: object })
    .filter((one) => one.command === "tell_phone")
    .map((one) => one.args);

function state(mine: Partial<MeView["phone"]>, over: Partial<CallView> = {}) {
  const made = deskState(now);
  const { me } = made.me;
  made.me = { me: { ...me, presence: "available", phone: { ...me.phone, ...mine } } };
  made.contacts = { call: { ...callContact(now), call: call(now, over) } };
  return made;
}

const snapshot = (mine: Partial<MeView["phone"]>, over: Partial<CallView> = {}): void =>
  wire.hear("snapshot", { position: 1, server_now: now, state: state(mine, over) });

function shown(what: () => preact.ComponentChild): HTMLElement {
  const root = document.createElement("div");
  document.body.append(root);
  act(() => render(what(), root));
  return root;
}

beforeEach(() => {
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  if (!wire.connected) wire.connect();
  isSwitchedOff.value = false;
  phone.state.value = "down";
});
afterEach(() => {
  for (const root of document.body.children) render(null, root);
  document.body.replaceChildren();
});

describe("what the hub is told of the phone", () => {
  it("is told once, again when it changes, and when another window was wrong", () => {
    snapshot({});
    tellPhone();
    expect(told()).toEqual([{ on: false }]);
    phone.state.value = "connecting";
    phone.state.value = "up";
    phone.state.value = "in_call";
    expect(told()).toEqual([{ on: false }, { on: true }]);
    snapshot({ ready: false });
    expect(told().at(-1)).toEqual({ on: true });
    expect(told()).toHaveLength(3);
    snapshot({ device: "outside", number: "+86 138 •••• 5512" });
    phone.state.value = "down";
    expect(told(), "a desk knows nothing of a telephone").toHaveLength(3);
  });
});

describe("a phone that is not ready", () => {
  it("says why no call comes and what helps", () => {
    snapshot({ ready: false });
    phone.state.value = "blocked";
    const root = shown(() => <NotReady />);
    expect(root.textContent).toContain("no call is offered to you");
    expect(root.querySelector("button")?.textContent).toBe("Turn calls on");
    act(() => void (phone.state.value = "connecting"));
    expect(root.textContent).toContain("connecting");
    expect(root.querySelector("button")).toBeNull();
  });

  it("is silent for who switched calls off, and while it is ready", () => {
    snapshot({ ready: false });
    const root = shown(() => <NotReady />);
    expect(root.textContent).not.toBe("");
    act(() => void (isSwitchedOff.value = true));
    expect(root.textContent).toBe("");
    act(() => void (isSwitchedOff.value = false));
    act(() => snapshot({ ready: true }));
    expect(root.textContent).toBe("");
  });

  it("tells which telephone rings, and that a key takes the call", () => {
    const mine = leg("a1", { kind: "agent", is_mine: true, state: "ringing", number: "+86 •• 12" });
    const over = { state: "connecting" as const, legs: [leg("c1"), mine] };
    snapshot({ device: "outside", number: "+86 •• 12" }, over);
    const made = { ...callContact(now), call: call(now, over) };
    const root = shown(() => <CallTalk contact={made} />);
    expect(root.textContent).toContain("+86 •• 12 rings. Answer it and press 1");
  });
});

describe("the number that calls", () => {
  it("is kept only after the customer agreed", () => {
    const made = { ...callContact(now), known: true, call: call(now, { number_is: "new" }) };
    const root = shown(() => <SaveNumber contact={made} onClose={() => undefined} />);
    const form = root.querySelector("form") as HTMLFormElement;
    const asked = () =>
      wire.asked.filter((one) => (one.payload as { command?: string }).command === "save_number");
    act(() => form.requestSubmit());
    expect(asked()).toHaveLength(0);
    act(() => root.querySelector<HTMLInputElement>("input[type=checkbox]")?.click());
    act(() => form.requestSubmit());
    expect(asked()).toHaveLength(1);
  });
});
