import { expect, it, vi } from "vitest";
import { FakeWire } from "../dev/wire.ts";
import { deskState } from "../dev/desk/state.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));

const now = Date.now() / 1000;
const kept = (reply: string) => ({ mode: "reply", reply, note: "" });
sessionStorage.setItem("desk.drafts", JSON.stringify({ lin: kept("newer"), wang: kept("older") }));
sessionStorage.setItem("desk.drafts.at", JSON.stringify({ "lin reply": now, "wang reply": 1 }));
// a tab that is loaded again: what it kept is there before the modules are
const { draftOf } = await import("../src/desk/model/drafts.ts");
await import("../src/desk/model/shared.ts");

it("takes a reloaded tab's own words or the hub's, whichever are newer", () => {
  const state = deskState(now);
  const view = (text: string) => ({
    agent_id: state.me.me.id,
    name: { en: "Amara", zh: "阿玛拉" },
    kind: "reply" as const,
    text,
    page: "the tab before",
    at: now - 60,
    taken_by: null,
  });
  state.drafts = { lin: [view("of the hub")], wang: [view("of the hub")] };
  wire.connect();
  wire.hear("snapshot", { position: 1, server_now: now, state });
  expect(draftOf("lin").reply).toBe("newer");
  expect(draftOf("wang").reply).toBe("of the hub");
  const told = wire.asked
    .filter((one) => one.event === "do")
    .map((one) => one.payload as { command: string; args: { contact_id: string; text: string } });
  expect(told.find((one) => one.args.contact_id === "lin")?.args.text).toBe("newer");
});
