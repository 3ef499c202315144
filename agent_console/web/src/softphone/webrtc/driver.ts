/** The softphone of calls that the hub carries itself: one WebRTC connection for the whole shift,
 * and a socket beside it. Each may break alone; a call goes on while one of them mends. */
import type { SoftphoneGrant } from "../../contract.ts";
import { watchLevel } from "../level.ts";
import type { MakeSoftphone, PhoneListener, PhoneState, Softphone } from "../softphone.ts";
import { readFrame, socketAddress, type FromHub, type FromPage } from "./frames.ts";
import { AgentPeer } from "./peer.ts";

/** What is used of the browser; tests give their own. */
export interface Browser {
  socket(address: string): WebSocket;
  peer(): AgentPeer;
  later(seconds: number, run: () => void): () => void;
  watchLevel(stream: MediaStream, tell: (level: number) => void): () => void;
}

const browser: Browser = {
  socket: (address) => new WebSocket(address),
  peer: () => new AgentPeer(),
  later: (seconds, run) => {
    const timer = setTimeout(run, seconds * 1000);
    return () => clearTimeout(timer);
  },
  watchLevel,
};

const PING_SECONDS = 20;
/** So long the socket may take to come back before everything begins anew. */
const SOCKET_TRIES = 5;
const ANSWER_SECONDS = 10;

export class HubSoftphone implements Softphone {
  private socket: WebSocket | null = null;
  private peer: AgentPeer | null = null;
  private grant: SoftphoneGrant | null = null;
  private tries = 0;
  private legs = 0;
  private isUp = false;
  private closed = false;
  private stops: Array<() => void> = [];
  private settle: { done: () => void; failed: (why: Error) => void } | null = null;

  constructor(
    private readonly tell: PhoneListener,
    private readonly here: Browser,
  ) {}

  up(grant: SoftphoneGrant, microphone: MediaStream): Promise<void> {
    this.grant = grant;
    const peer = this.here.peer();
    this.peer = peer;
    peer.onBroken = () => void this.offer(true);
    peer.onSound = (stream) =>
      this.stops.push(this.here.watchLevel(stream, (level) => this.tell.heard(level)));
    peer.open(microphone);
    this.dial();
    return new Promise((done, failed) => {
      this.settle = { done, failed };
      this.stops.push(this.here.later(ANSWER_SECONDS, () => this.fail(new Error("no answer"))));
    });
  }

  down(): void {
    if (this.closed) return;
    this.send({ type: "down" });
    this.end();
  }

  async useMicrophone(stream: MediaStream): Promise<void> {
    await this.peer?.useMicrophone(stream);
  }

  async useSpeaker(deviceId: string): Promise<void> {
    await this.peer?.useSpeaker(deviceId);
  }

  setMuted(on: boolean): void {
    this.peer?.setMuted(on);
  }

  renew(grant: SoftphoneGrant): void {
    this.grant = grant;
  }

  private dial(): void {
    const grant = this.grant;
    if (!grant || this.closed) return;
    const socket = this.here.socket(socketAddress(grant.endpoints, location.href));
    this.socket = socket;
    socket.addEventListener("open", () =>
      this.send({ type: "hello", as: "agent", token: grant.token }),
    );
    socket.addEventListener("message", (event: MessageEvent) => {
      const frame = readFrame(event.data);
      if (frame && socket === this.socket) void this.hear(frame);
    });
    socket.addEventListener("close", () => socket === this.socket && this.socketLost());
  }

  private async hear(frame: FromHub): Promise<void> {
    switch (frame.type) {
      case "welcome":
        this.ping();
        return this.offer(this.tries > 0);
      case "answer":
        await this.peer?.answered(frame.sdp);
        return;
      case "softphone":
        this.isUp = frame.up;
        if (!frame.up) return this.state("connecting");
        this.tries = 0;
        this.settle?.done();
        this.settle = null;
        return this.state();
      case "leg":
        this.legs = Math.max(0, this.legs + (frame.state === "up" ? 1 : -1));
        return this.state();
      case "quality":
        return this.tell.quality(frame);
      case "refused":
        return this.fail(new Error(frame.code));
      case "bye":
        return this.goodbye(frame.code);
    }
  }

  /** `replaced`: a newer page of the same person has the phone; taking it back is theirs to ask. */
  private goodbye(code: string): void {
    if (code !== "replaced") return;
    this.end();
    this.settle?.done();
    this.tell.state("elsewhere");
  }

  private async offer(restart: boolean): Promise<void> {
    const sdp = await this.peer?.offer(restart);
    if (sdp && !this.closed) this.send({ type: "up", sdp });
  }

  private state(now?: PhoneState): void {
    this.tell.state(now ?? (this.legs > 0 ? "in_call" : "up"));
  }

  private socketLost(): void {
    if (this.closed) return;
    this.tries += 1;
    if (this.tries > SOCKET_TRIES) return this.fail(new Error("socket lost"));
    // the sound goes on without the socket: only who waits for it is told
    if (!this.isUp) this.tell.state("connecting");
    this.stops.push(this.here.later(Math.min(8, 2 ** (this.tries - 1)), () => this.dial()));
  }

  private fail(why: Error): void {
    if (this.closed) return;
    const { settle } = this;
    if (!settle && why.message === "no answer") return;
    this.end();
    if (settle) settle.failed(why);
    else this.tell.lost();
  }

  private ping(): void {
    this.stops.push(
      this.here.later(PING_SECONDS, () => {
        this.send({ type: "ping" });
        if (!this.closed) this.ping();
      }),
    );
  }

  private send(frame: FromPage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  private end(): void {
    this.closed = true;
    for (const stop of this.stops) stop();
    this.stops = [];
    this.peer?.close();
    this.socket?.close();
  }
}

export const hubSoftphone: MakeSoftphone = (listener) => new HubSoftphone(listener, browser);
