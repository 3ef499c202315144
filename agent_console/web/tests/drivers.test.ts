import { describe, expect, it, vi } from "vitest";
import type { SoftphoneGrant } from "../src/contract.ts";
import { distanceOf, measureNetwork, networkWord } from "../src/softphone/check/network.ts";
import { loudness } from "../src/softphone/level.ts";
import type { PhoneListener } from "../src/softphone/softphone.ts";
import { twilioWith, type DeviceLike } from "../src/softphone/twilio/driver.ts";
import { HubSoftphone, type Browser } from "../src/softphone/webrtc/driver.ts";
import { readFrame, socketAddress } from "../src/softphone/webrtc/frames.ts";
import type { AgentPeer } from "../src/softphone/webrtc/peer.ts";

const grant: SoftphoneGrant = { driver: "x", token: "secret", expires_at: 9, endpoints: [] };
const microphone = {
  getAudioTracks: () => [{ getSettings: () => ({ deviceId: "mic-1" }) }],
} as unknown as MediaStream;

function listener() {
  const told: unknown[] = [];
  const tell: PhoneListener = {
    state: (now) => told.push(now),
    quality: (now) => told.push(now),
    heard: (level) => told.push(level),
    lost: () => told.push("lost"),
  };
  return { told, tell };
}

class FakeSocket extends EventTarget {
  readyState = WebSocket.OPEN as number;
  sent: Array<Record<string, unknown>> = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.readyState = WebSocket.CLOSED;
  }
  open(): void {
    this.dispatchEvent(new Event("open"));
  }
  hear(frame: object): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
  breaks(): void {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new Event("close"));
  }
}

function hubWorld() {
  const sockets: FakeSocket[] = [];
  const timers: Array<() => void> = [];
  const peer = {
    onBroken: () => undefined,
    onSound: () => undefined,
    open: vi.fn(),
    offer: vi.fn((restart: boolean) => Promise.resolve(restart ? "restarted" : "offered")),
    answered: vi.fn(() => Promise.resolve()),
    setMuted: vi.fn(),
    close: vi.fn(),
  };
  const browser: Browser = {
    socket: () => {
      sockets.push(new FakeSocket());
      return sockets.at(-1) as unknown as WebSocket;
    },
    peer: () => peer as unknown as AgentPeer,
    later: (_, run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
    watchLevel: () => () => undefined,
  };
  const { told, tell } = listener();
  const softphone = new HubSoftphone(tell, browser);
  const up = softphone.up(grant, microphone);
  return { softphone, up, sockets, timers, peer, told };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

async function welcomed(world: ReturnType<typeof hubWorld>): Promise<FakeSocket> {
  const socket = world.sockets.at(-1)!;
  socket.open();
  socket.hear({ type: "welcome", server_now: 1 });
  await settled();
  socket.hear({ type: "answer", sdp: "theirs" });
  socket.hear({ type: "softphone", up: true });
  await settled();
  return socket;
}

describe("the hub's own softphone", () => {
  it("says who it is in its first frame, offers, and is up", async () => {
    const world = hubWorld();
    const socket = await welcomed(world);
    await world.up;
    expect(socket.sent).toEqual([
      { type: "hello", as: "agent", token: "secret" },
      { type: "up", sdp: "offered" },
    ]);
    expect(world.peer.answered).toHaveBeenCalledWith("theirs");
    expect(world.told).toEqual(["up"]);
  });

  it("tells calls and their quality", async () => {
    const world = hubWorld();
    const socket = await welcomed(world);
    socket.hear({ type: "leg", leg: "l1", state: "up", kind: "agent" });
    socket.hear({ type: "quality", mos: 4, loss_ratio: 0, jitter_seconds: 0.01 });
    socket.hear({ type: "leg", leg: "l1", state: "ended", kind: "agent" });
    await settled();
    expect(world.told).toMatchObject(["up", "in_call", { mos: 4 }, "up"]);
  });

  it("mends a broken socket without touching the sound", async () => {
    const world = hubWorld();
    const first = await welcomed(world);
    first.breaks();
    expect(world.told).toEqual(["up"]);
    world.timers.at(-1)!();
    const second = await welcomed(world);
    expect(world.sockets).toHaveLength(2);
    expect(second.sent.at(-1)).toEqual({ type: "up", sdp: "restarted" });
    expect(world.peer.close).not.toHaveBeenCalled();
  });

  it("asks for a new network path when the old one broke", async () => {
    const world = hubWorld();
    const socket = await welcomed(world);
    world.peer.onBroken();
    await settled();
    expect(socket.sent.at(-1)).toEqual({ type: "up", sdp: "restarted" });
  });

  it("gives up after five sockets, so that everything begins anew", async () => {
    const world = hubWorld();
    await welcomed(world);
    for (let n = 0; n < 6; n += 1) {
      world.sockets.at(-1)!.breaks();
      world.timers.at(-1)?.();
    }
    expect(world.told.at(-1)).toBe("lost");
    expect(world.peer.close).toHaveBeenCalledOnce();
  });

  it("leaves the phone to a newer page", async () => {
    const world = hubWorld();
    const socket = await welcomed(world);
    socket.hear({ type: "bye", code: "replaced" });
    await settled();
    expect(world.told.at(-1)).toBe("elsewhere");
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });

  it("fails when the hub refuses it", async () => {
    const world = hubWorld();
    world.sockets[0]!.open();
    world.sockets[0]!.hear({ type: "refused", id: null, code: "bad_token" });
    await expect(world.up).rejects.toThrow("bad_token");
  });
});

it.each([
  [[], "http://127.0.0.1:8000/console", "ws://127.0.0.1:8000/phone/socket"],
  [[], "https://hub.example/console", "wss://hub.example/phone/socket"],
  [["wss://voice.example/p"], "https://hub.example/", "wss://voice.example/p"],
  [["/p/socket"], "https://hub.example/", "wss://hub.example/p/socket"],
] as Array<[string[], string, string]>)("finds the socket %s from %s", (endpoints, here, there) => {
  expect(socketAddress(endpoints, here)).toBe(there);
});

it("reads no frame but ours", () => {
  expect(readFrame("{")).toBeNull();
  expect(readFrame("[]")).toBeNull();
  expect(readFrame(new ArrayBuffer(1))).toBeNull();
  expect(readFrame('{"type":"pong"}')).toEqual({ type: "pong" });
});

class Emitter {
  private readonly hears = new Map<string, Array<(...args: unknown[]) => void>>();
  on(event: string, hear: (...args: never[]) => void): this {
    const list = this.hears.get(event) ?? [];
    this.hears.set(event, [...list, hear as (...args: unknown[]) => void]);
    return this;
  }
  tell(event: string, ...args: unknown[]): void {
    for (const hear of this.hears.get(event) ?? []) hear(...args);
  }
}

class StubCall extends Emitter {
  accept = vi.fn(() => this.tell("accept"));
  mute = vi.fn();
}

class StubDevice extends Emitter {
  register = vi.fn(() => Promise.resolve(this.tell("registered")));
  destroy = vi.fn();
  updateToken = vi.fn();
  disconnectAll = vi.fn();
  audio = {
    incoming: vi.fn(),
    outgoing: vi.fn(),
    disconnect: vi.fn(),
    setInputDevice: vi.fn(() => Promise.resolve()),
    speakerDevices: { set: vi.fn(() => Promise.resolve()) },
  };
}

describe("the softphone on Twilio's SDK", () => {
  async function started() {
    const device = new StubDevice();
    const { told, tell } = listener();
    const make = vi.fn(() => Promise.resolve(device as unknown as DeviceLike));
    const softphone = twilioWith(make)(tell);
    await softphone.up(grant, microphone);
    return { device, told, make, softphone };
  }

  it("registers with the token and the chosen microphone", async () => {
    const { device, told, make, softphone } = await started();
    expect(make).toHaveBeenCalledWith("secret");
    expect(device.audio.setInputDevice).toHaveBeenCalledWith("mic-1");
    expect(told).toEqual(["up"]);
    softphone.renew({ ...grant, token: "next" });
    expect(device.updateToken).toHaveBeenCalledWith("next");
    await softphone.useSpeaker("");
    expect(device.audio.speakerDevices.set).toHaveBeenCalledWith("default");
  });

  it("opens the line at once, muted if the agent is, and tells its quality", async () => {
    const { device, told, softphone } = await started();
    softphone.setMuted(true);
    const call = new StubCall();
    device.tell("incoming", call);
    expect(call.accept).toHaveBeenCalledOnce();
    expect(call.mute).toHaveBeenLastCalledWith(true);
    call.tell("sample", { mos: null });
    call.tell("sample", { mos: 4.1, packetsLostFraction: 2, jitter: 15 });
    call.tell("disconnect");
    expect(told).toEqual([
      "up",
      "in_call",
      { mos: 4.1, loss_ratio: 0.02, jitter_seconds: 0.015 },
      "up",
    ]);
  });

  it("asks for a new start when the device is gone, and not while a call goes on", async () => {
    const { device, told } = await started();
    const call = new StubCall();
    device.tell("incoming", call);
    device.tell("unregistered");
    expect(told).not.toContain("lost");
    call.tell("disconnect");
    device.tell("unregistered");
    expect(told.at(-1)).toBe("lost");
  });
});

describe("the check of the network", () => {
  it("takes the middle of five", async () => {
    const times = [0, 30, 100, 120, 200, 240, 300, 900, 1000, 1031];
    const found = await measureNetwork(() => Promise.resolve(), () => times.shift() ?? 0);
    expect(found).toEqual({ delay_ms: 31, jitter_ms: 9 });
  });

  it.each([
    [[20, 20, 20, 20, 20], "good"],
    [[180, 182, 190, 182, 181], "late"],
    [[20, 90, 140, 30, 95], "shaky"],
  ] as const)("of %s says %s", (spans, word) => {
    expect(networkWord(distanceOf(spans))).toBe(word);
  });
});

it("hears silence and a full voice", () => {
  expect(loudness(new Float32Array(512))).toBe(0);
  const word = new Float32Array(8192);
  word.fill(0.9, 2048, 2560);
  expect(loudness(word)).toBe(1);
});
