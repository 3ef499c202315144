import { describe, expect, it, vi } from "vitest";
import { FakeWire } from "../dev/wire.ts";
import { openFeed } from "../src/feed/feed.ts";
import { askForCodeWith } from "../src/lib/http.ts";

interface State {
  contacts: Record<string, number>;
}

const snapshot = (position: number, contacts: Record<string, number> = {}) => ({
  position,
  server_now: Date.now() / 1000,
  state: { contacts },
});

function opened(): { wire: FakeWire; feed: ReturnType<typeof openFeed<State>> } {
  const wire = new FakeWire();
  const feed = openFeed<State>("desk", wire);
  return { wire, feed };
}

describe("feed", () => {
  it("says hello and shows the snapshot", () => {
    const { wire, feed } = opened();
    expect(wire.asked).toEqual([{ event: "hello", payload: { topic: "desk" } }]);
    expect(feed.link.value.phase).toBe("connecting");
    wire.hear("snapshot", snapshot(7, { a: 1 }));
    expect(feed.state.value).toEqual({ contacts: { a: 1 } });
    expect(feed.link.value.phase).toBe("live");
  });

  it("applies an increment that follows", () => {
    const { wire, feed } = opened();
    wire.hear("snapshot", snapshot(7));
    wire.hear("feed", { before: 7, position: 9, ops: [["put", "contacts", "a", 1]] });
    wire.hear("feed", { before: 9, position: 10, ops: [["put", "contacts", "b", 2]] });
    expect(feed.state.value).toEqual({ contacts: { a: 1, b: 2 } });
    expect(wire.count("hello")).toBe(1);
  });

  it("sends a grave command once more when the person gives a fresh code", async () => {
    const { wire, feed } = opened();
    wire.hear("snapshot", snapshot(7));
    let given = false;
    askForCodeWith(() => Promise.resolve((given = true)));
    const refused = { ok: false, code: "code_again", detail: "" };
    wire.answer = () => Promise.resolve(given ? { ok: true, result: { value: "1" } } : refused);
    expect(await feed.send("reveal", {})).toEqual({ ok: true, result: { value: "1" } });
    given = false;
    askForCodeWith(() => Promise.resolve(false));
    expect(await feed.send("reveal", {})).toEqual(refused);
  });

  it("asks for a new snapshot once after a gap, and ignores increments until it is there", () => {
    const { wire, feed } = opened();
    wire.hear("snapshot", snapshot(7));
    wire.hear("feed", { before: 8, position: 9, ops: [["put", "contacts", "a", 1]] });
    wire.hear("feed", { before: 9, position: 10, ops: [["put", "contacts", "b", 2]] });
    expect(wire.count("hello")).toBe(2);
    expect(feed.state.value).toEqual({ contacts: {} });
    wire.hear("snapshot", snapshot(10, { a: 1, b: 2 }));
    wire.hear("feed", { before: 10, position: 11, ops: [["drop", "contacts", "a"]] });
    expect(feed.state.value).toEqual({ contacts: { b: 2 } });
  });

  it("keeps what it shows while the connection is lost, and says hello after it", () => {
    const { wire, feed } = opened();
    wire.hear("snapshot", snapshot(7, { a: 1 }));
    wire.lose();
    expect(feed.link.value.phase).toBe("reconnecting");
    expect(feed.state.value).toEqual({ contacts: { a: 1 } });
    wire.connect();
    expect(wire.count("hello")).toBe(2);
    wire.hear("snapshot", snapshot(3));
    expect(feed.link.value.phase).toBe("live");
    expect(feed.state.value).toEqual({ contacts: {} });
  });

  it("says that the connection is missing when the first try already fails", () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    const { wire, feed } = opened();
    wire.hear("connect_error", new Error("refused"));
    expect(feed.link.value.phase).toBe("reconnecting");
    expect(feed.state.value).toBeNull();
    vi.unstubAllGlobals();
  });

  it("ends for good when the session has ended, and goes on after a restart", () => {
    const { wire, feed } = opened();
    wire.hear("snapshot", snapshot(7));
    wire.hear("closing", { reason: "restart" });
    expect(feed.link.value.phase).toBe("reconnecting");
    wire.hear("closing", { reason: "signed_out" });
    expect(feed.link.value.phase).toBe("ended");
    expect(wire.connected).toBe(false);
  });

  it("says so when the topic is not for this person", async () => {
    const wire = new FakeWire();
    wire.answer = () => Promise.resolve({ ok: false, code: "forbidden", detail: "" });
    const feed = openFeed<State>("wallboard", wire);
    await vi.waitFor(() => expect(feed.link.value.phase).toBe("refused"));
  });

  it("answers a command offline, lost and done", async () => {
    const { wire, feed } = opened();
    wire.answer = () => Promise.resolve({ ok: true, result: { n: 1 } });
    expect(await feed.send("say", {})).toEqual({ ok: true, result: { n: 1 } });
    wire.answer = () => Promise.reject(new Error("no answer"));
    expect(await feed.send("say", {})).toMatchObject({ ok: false, code: "timeout" });
    wire.connected = false;
    expect(await feed.send("say", {})).toMatchObject({ ok: false, code: "offline" });
  });

  it("tells what is only told, after the state", () => {
    const { wire, feed } = opened();
    const heard = vi.fn();
    feed.onTell("typing", heard);
    wire.hear("snapshot", snapshot(7));
    wire.hear("feed", { before: 7, position: 8, ops: [["tell", "typing", { on: true }]] });
    expect(heard).toHaveBeenCalledWith({ on: true });
  });
});
