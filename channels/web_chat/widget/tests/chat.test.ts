import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "../src/chat.ts";
import type { FromHub, Message, Phase, ToHub } from "../src/frames.ts";

/** A hub that keeps what it acknowledged: the same id is one message. */
class Hub {
  static sockets: FakeSocket[] = [];
  stored: { id: string; text: string }[] = [];
  heard: ToHub[] = [];
  isDeaf = false;
  phase: Phase = { phase: "agent", agent: null };
  hear(socket: FakeSocket, frame: ToHub): void {
    this.heard.push(frame);
    if (frame.type === "hello") {
      const from = frame.cursor ?? 0;
      const all = this.stored.map(({ id, text }, index) => own(index + 1, id, text));
      const messages = all.filter(({ seq }) => seq > from);
      socket.tell({
        type: "welcome",
        conversation: "c",
        resume: `r${this.heard.length}`,
        signed_in: false,
        server_now: Date.now() / 1000,
        seen: 0,
        state: this.phase,
        messages,
        more: false,
        fresh: !frame.conversation,
        files: { max_bytes: 9, media_types: [] },
      });
    } else if (frame.type === "say") {
      if (!this.stored.some(({ id }) => id === frame.id)) this.stored.push(frame);
      const seq = this.stored.findIndex(({ id }) => id === frame.id) + 1;
      if (!this.isDeaf) socket.tell({ type: "ack", id: frame.id, seq, at: 1 });
    }
  }
}

const own = (seq: number, key: string, text: string): Message => ({
  seq,
  at: 1,
  speaker: "customer",
  kind: "text",
  text,
  key,
});

class FakeSocket {
  static readonly OPEN = 1;
  readyState = 0;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  constructor() {
    Hub.sockets.push(this);
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  send(text: string): void {
    hub.hear(this, JSON.parse(text) as ToHub);
  }
  tell(frame: FromHub): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  close(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

let hub: Hub;
const newChat = (): Chat =>
  new Chat({
    widget: "w",
    base: "https://hub.example",
    lang: "en",
    word: () => null,
    changed: () => {},
  });
const socket = (): FakeSocket => Hub.sockets.at(-1)!;
const open = async (): Promise<void> => {
  socket().open();
  await vi.advanceTimersByTimeAsync(0);
};
const texts = (chat: Chat): string[] => chat.state.messages.map(({ text }) => text);

beforeEach(() => {
  hub = new Hub();
  Hub.sockets = [];
  localStorage.clear();
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("chat", () => {
  it("sends what was written before the socket was there, once", async () => {
    const chat = newChat();
    chat.say("one");
    chat.say("two");
    await open();
    expect(texts(chat)).toEqual(["one", "two"]);
    expect(chat.outbox).toEqual([]);
    expect(chat.memory.unsent()).toEqual([]);
  });

  it("loses and doubles nothing when the socket dies before the acknowledgement", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    hub.isDeaf = true;
    chat.say("one");
    chat.say("two");
    socket().close();
    hub.isDeaf = false;
    await vi.advanceTimersByTimeAsync(20_000);
    await open();
    expect(hub.stored.map(({ text }) => text)).toEqual(["one", "two"]);
    expect(texts(chat)).toEqual(["one", "two"]);
    expect(chat.outbox).toEqual([]);
  });

  it("goes on after a reload with what another page of the browser left unsent", async () => {
    const before = newChat();
    before.say("kept");
    before.disconnect();
    const chat = newChat();
    chat.connect();
    await open();
    expect(texts(chat)).toEqual(["kept"]);
    expect(hub.stored).toHaveLength(1);
  });

  it("asks on from the last number and with the newest token", async () => {
    const chat = newChat();
    chat.say("one");
    await open();
    socket().close(1012);
    await vi.advanceTimersByTimeAsync(300);
    await open();
    const hellos = hub.heard.filter(({ type }) => type === "hello");
    expect(hellos[1]).toMatchObject({ conversation: "c", cursor: 1, resume: "r1" });
  });

  it("comes back when no answer comes to its ping", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    await vi.advanceTimersByTimeAsync(25_000);
    expect(hub.heard.at(-1)).toEqual({ type: "ping" });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(Hub.sockets.length).toBeGreaterThan(1);
    chat.disconnect();
  });

  it("looks at once whether the socket lives when the page wakes up", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    chat.wake();
    expect(hub.heard.at(-1)).toEqual({ type: "ping" });
    await vi.advanceTimersByTimeAsync(3_001);
    expect(chat.isLive).toBe(false);
    chat.disconnect();
  });

  it("sends again what the hub had no time for, and keeps what it refused", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    hub.isDeaf = true;
    chat.say("one");
    socket().tell({ type: "refused", id: chat.outbox[0]!.id, code: "busy" });
    expect(chat.outbox[0]!.failed).toBeFalsy();
    hub.isDeaf = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(chat.outbox).toEqual([]);
    hub.isDeaf = true;
    chat.say("two");
    socket().tell({ type: "refused", id: chat.outbox[0]!.id, code: "bad_field" });
    expect(chat.outbox[0]).toMatchObject({ failed: "bad_field", words: { text: "two" } });
    hub.isDeaf = false;
    chat.retry(chat.outbox[0]!.id);
    expect(texts(chat)).toEqual(["one", "two"]);
    chat.disconnect();
  });

  it("has itself greeted once, and only where nobody talks yet", async () => {
    hub.phase = { phase: "new" };
    const chat = newChat();
    chat.begin();
    await open();
    expect(hub.heard.filter(({ type }) => type === "begin")).toHaveLength(1);
    hub.phase = { phase: "bot" };
    const other = newChat();
    other.begin();
    await open();
    expect(hub.heard.filter(({ type }) => type === "begin")).toHaveLength(1);
    chat.disconnect();
    other.disconnect();
  });

  it("refuses a file that is too large without sending it", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    chat.attach([new File(["0123456789"], "x.png")] as unknown as FileList);
    expect(chat.outbox[0]!.failed).toBe("file_too_large");
    expect(hub.heard.some(({ type }) => type === "upload")).toBe(false);
    chat.disconnect();
  });

  it("tells that the customer types at most every three seconds, and that it ended", async () => {
    const chat = newChat();
    chat.connect();
    await open();
    for (let i = 0; i < 8; i += 1) {
      chat.typed(true);
      await vi.advanceTimersByTimeAsync(500);
    }
    chat.say("done");
    const told = hub.heard.filter((frame) => frame.type === "typing").map((frame) => frame.on);
    expect(told).toEqual([true, true, false]);
    chat.disconnect();
  });

  it("leaves nothing of a customer who signs out", async () => {
    const chat = newChat();
    chat.say("one");
    await open();
    await Promise.all([
      chat.forget(),
      Promise.resolve().then(() => socket().tell({ type: "done", id: lastId() })),
    ]);
    expect(Object.keys(localStorage)).toEqual([]);
    expect(chat.state.messages).toEqual([]);
  });
});

const lastId = (): string => (hub.heard.at(-1) as { id: string }).id;
