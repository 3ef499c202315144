/** The socket: opened for a call, opened again while the call goes on. */
import { readFrame, type FromHub, type ToHub } from "./frames.ts";

const PING_MS = 20_000;
const FIRST_MS = 500;
const MOST_MS = 5_000;

export interface LinkEvents {
  opened(): void;
  frame(frame: FromHub): void;
  /** Gone; it comes back by itself while it is wanted. */
  lost(): void;
}

export class Link {
  private socket: WebSocket | null = null;
  private isWanted = false;
  private failures = 0;
  private ping = 0;
  private retry = 0;

  constructor(
    private readonly url: string,
    private readonly events: LinkEvents,
  ) {}

  start(): void {
    this.isWanted = true;
    if (!this.socket) this.connect();
  }

  stop(): void {
    this.isWanted = false;
    clearTimeout(this.retry);
    this.drop(1000);
  }

  settled(): void {
    this.failures = 0;
  }

  send(frame: ToHub): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.ping = window.setInterval(() => this.send({ type: "ping" }), PING_MS);
      this.events.opened();
    });
    socket.addEventListener("message", (event: MessageEvent) => {
      const frame = readFrame(event.data);
      if (frame && socket === this.socket) this.events.frame(frame);
    });
    socket.addEventListener("close", () => {
      if (socket !== this.socket) return;
      this.drop();
      if (!this.isWanted) return;
      this.events.lost();
      const wait = Math.min(MOST_MS, FIRST_MS * 2 ** this.failures++);
      this.retry = window.setTimeout(() => this.connect(), wait);
    });
  }

  private drop(code?: number): void {
    clearInterval(this.ping);
    const { socket } = this;
    this.socket = null;
    socket?.close(code);
  }
}
