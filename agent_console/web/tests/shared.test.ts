import { beforeEach, expect, it, vi } from "vitest";
import type { DraftView } from "../src/contract.ts";
import { FakeWire } from "../dev/wire.ts";
import { deskState } from "../dev/desk/state.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { draft, draftOf, drafts } = await import("../src/desk/model/drafts.ts");
const { colleaguesDrafts, takeOver } = await import("../src/desk/model/shared.ts");

const now = Date.now() / 1000;
let position = 1;
const told = () =>
  wire.asked
    .filter((one) => one.event === "do")
    .map((one) => one.payload as { command: string; args: Record<string, unknown> });
const drafted = () => told().filter((one) => one.command === "draft");

const view = (over: Partial<DraftView>): DraftView => ({
  agent_id: deskState(now).me.me.id,
  name: { en: "Amara", zh: "阿玛拉" },
  kind: "reply",
  text: "",
  page: "another tab",
  at: now + 3600,
  taken_by: null,
  ...over,
});

function hear(...views: DraftView[]): void {
  const ops = [["put", "drafts", "lin", views]];
  wire.hear("feed", { before: position, position: position + 1, ops });
  position += 1;
}

beforeEach(() => {
  drafts.value = {};
  if (!wire.connected) wire.connect();
  position = 1;
  wire.hear("snapshot", { position, server_now: now, state: deskState(now) });
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
});

it("tells the hub what is written, once the hand rests", async () => {
  draft("lin", { reply: "Dear" });
  draft("lin", { reply: "Dear Ms Lin" });
  await vi.waitFor(() => expect(drafted()).toHaveLength(1));
  expect(drafted()[0]?.args).toMatchObject({
    contact_id: "lin",
    kind: "reply",
    text: "Dear Ms Lin",
  });
});

it("tells again what it has when the hub begins anew", () => {
  draft("lin", { note: "call back" });
  wire.asked = [];
  wire.hear("snapshot", { position, server_now: now, state: deskState(now) });
  expect(drafted().map((one) => one.args.text)).toEqual(["call back"]);
});

it("follows the agent's other tab, and does not say its words back", async () => {
  hear(view({ text: "from the other tab" }));
  expect(draftOf("lin").reply).toBe("from the other tab");
  hear(view({ kind: "wrap_up", text: "notes" }));
  expect(draftOf("lin").notes).toBe("notes");
  draft("wang", { reply: "mine" }); // its telling shows that nothing else was told before
  await vi.waitFor(() => expect(drafted().map((one) => one.args.text)).toEqual(["mine"]));
});

it("keeps what is newer here", () => {
  draft("lin", { reply: "newer" });
  hear(view({ text: "older", at: now - 60 }));
  expect(draftOf("lin").reply).toBe("newer");
});

it("shows a colleague's draft and puts it behind the own words when it is taken", async () => {
  const other = view({ agent_id: "ben", text: "We have refunded it." });
  hear(view({ text: "Dear" }), other);
  expect(colleaguesDrafts.value.lin).toEqual([other]);
  wire.answer = () => Promise.resolve({ ok: true, result: { text: "We have refunded it." } });
  await takeOver("lin", other);
  expect(told().at(-1)).toMatchObject({ command: "take_draft", args: { agent_id: "ben" } });
  expect(draftOf("lin").reply).toBe("Dear\nWe have refunded it.");
});

it("gives up what a colleague has taken", () => {
  draft("lin", { reply: "half a" });
  hear(view({ text: "", page: "", taken_by: { en: "Ben", zh: "本" } }));
  expect(draftOf("lin").reply).toBe("");
});
