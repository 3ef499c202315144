import { beforeEach, expect, it, vi } from "vitest";
import { FakeWire } from "../dev/wire.ts";
import { deskState } from "../dev/desk/state.ts";
import { message } from "../dev/make.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { say, unsent, tryAgain, trySure } = await import("../src/desk/model/outbox.ts");
const { takeBack } = await import("../src/desk/talk/Stopped.tsx");
const { draft, draftOf } = await import("../src/desk/model/drafts.ts");

const now = Date.now() / 1000;
const snapshot = (state = deskState(now)) => ({ position: 1, server_now: now, state });
const said = () => wire.asked.filter((one) => one.event === "do").map((one) => one.payload);
const key = (): string => unsent.value[0]?.key ?? "";

beforeEach(() => {
  unsent.value = [];
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  if (!wire.connected) wire.connect();
  wire.hear("snapshot", snapshot());
});

const hello = { contact_id: "lin", command: "say", text: "Hello" } as const;

it("forgets what the hub has taken", async () => {
  say(hello);
  expect(unsent.value).toHaveLength(1);
  await vi.waitFor(() => expect(unsent.value).toEqual([]));
  expect(said()).toMatchObject([{ command: "say", args: { contact_id: "lin", text: "Hello" } }]);
});

it("keeps what was said offline and sends it again under the same key", async () => {
  wire.lose();
  say(hello);
  await vi.waitFor(() => expect(unsent.value[0]?.state).toBe("waiting"));
  const first = key();
  wire.connect();
  wire.hear("snapshot", snapshot());
  await vi.waitFor(() => expect(unsent.value).toEqual([]));
  expect(said()).toMatchObject([{ args: { key: first } }]);
});

it("does not send what the new snapshot already holds", async () => {
  wire.answer = () => Promise.reject(new Error("the answer was lost"));
  say(hello);
  await vi.waitFor(() => expect(unsent.value[0]?.state).toBe("waiting"));
  const state = deskState(now);
  state.messages["talk-lin"]?.push(message({ seq: 99, key: key(), contact_id: "lin" }));
  wire.asked = [];
  wire.hear("snapshot", snapshot(state));
  expect(unsent.value).toEqual([]);
  expect(said()).toEqual([]);
});

it("leaves a refusal to the person", async () => {
  wire.answer = () => Promise.resolve({ ok: false, code: "contact_over", detail: "" });
  say(hello);
  await vi.waitFor(() => expect(unsent.value[0]?.state).toBe("refused"));
  wire.hear("snapshot", snapshot());
  expect(unsent.value[0]?.state).toBe("refused");
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  tryAgain(key());
  await vi.waitFor(() => expect(unsent.value).toEqual([]));
});

it("keeps what the guard stopped, and says that the agent is sure", async () => {
  wire.answer = () => Promise.resolve({ ok: false, code: "secret_in_text", detail: "code" });
  say(hello);
  await vi.waitFor(() => expect(unsent.value[0]?.detail).toBe("code"));
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  trySure(key(), "secret_in_text");
  await vi.waitFor(() => expect(unsent.value).toEqual([]));
  expect(said().at(-1)).toMatchObject({ args: { text: "Hello", sure: ["secret_in_text"] } });
});

it("gives stopped words back to the box, in front of what is there", async () => {
  wire.answer = () => Promise.resolve({ ok: false, code: "secret_in_text", detail: "card" });
  draft("lin", { reply: "and more" });
  say(hello);
  await vi.waitFor(() => expect(unsent.value[0]?.state).toBe("refused"));
  const [stopped] = unsent.value;
  if (stopped) takeBack(stopped);
  expect(draftOf("lin").reply).toBe("Hello\nand more");
  expect(unsent.value).toEqual([]);
});

it("keeps what is unsent in the tab", () => {
  wire.lose();
  say(hello);
  expect(JSON.parse(sessionStorage.getItem("desk.unsent") ?? "[]")).toMatchObject([hello]);
});
