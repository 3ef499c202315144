/** The socket: kept open, woken up, opened again. It knows frames only as JSON. */

import type { FromHub, ToHub } from "./frames.ts";

const FIRST_MS = 500;
const MOST_MS = 15_000;
const PING_MS = 25_000;
const PONG_MS = 10_000;
const WAKE_PONG_MS = 3_000;

/** Wait before coming back after a close; `chance` in 0..1 keeps ten thousand pages apart. */
export function backOff(code: number, failures: number, chance: number): number {
  // The hub restarts: come back at once, the first time.
  if (code === 1012 && !failures) return 300 * chance;
  // It found this page too fast or broken.
  if (code === 4400 || code === 4429) return MOST_MS * (1 + chance);
  return FIRST_MS + (Math.min(MOST_MS, FIRST_MS * 2 ** failures) - FIRST_MS) * chance;
}

export interface LinkEvents {
  /** The socket is there: say hello. */
  opened(): void;
  frame(frame: FromHub): void;
  /** It is gone; the next try comes at this time (ms). */
  lost(nextAtMs: number): void;
}

export class Link {
  readonly #url: string;
  readonly #events: LinkEvents;
  #socket: WebSocket | null = null;
  #isWanted = false;
  #failures = 0;
  #retry = 0;
  #ping = 0;
  #pong = 0;

  constructor(url: string, events: LinkEvents) {
    this.#url = url;
    this.#events = events;
  }

  /** Open now, and again whenever it is lost. */
  start(): void {
    this.#isWanted = true;
    if (!this.#socket) this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    this.#drop();
  }

  /** False when there is no socket to send on. */
  send(frame: ToHub): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** The hub took us in: the next loss starts with a short wait again. */
  settled(): void {
    this.#failures = 0;
  }

  /** The network or the page is back. A laptop that slept holds a socket that may be dead. */
  wake(): void {
    if (!this.#isWanted) return;
    if (!this.#socket) this.#connect();
    else if (this.send({ type: "ping" })) this.#await(WAKE_PONG_MS);
  }

  /** Close, and come back after the usual wait. */
  again(code = 0): void {
    this.#drop();
    if (!this.#isWanted) return;
    const wait = backOff(code, this.#failures++, Math.random());
    this.#retry = window.setTimeout(() => this.#connect(), wait);
    this.#events.lost(Date.now() + wait);
  }

  #connect(): void {
    this.#drop();
    const socket = (this.#socket = new WebSocket(this.#url));
    this.#await(PONG_MS);
    socket.onopen = () => {
      clearTimeout(this.#pong);
      this.#ping = window.setInterval(
        () => this.send({ type: "ping" }) && this.#await(PONG_MS),
        PING_MS,
      );
      this.#events.opened();
    };
    socket.onmessage = ({ data }) => {
      clearTimeout(this.#pong);
      this.#events.frame(JSON.parse(data as string) as FromHub);
    };
    socket.onclose = ({ code }) => this.again(code);
  }

  #drop(): void {
    clearInterval(this.#ping);
    clearTimeout(this.#pong);
    clearTimeout(this.#retry);
    if (this.#socket) {
      // What a dropped socket still has to say is not ours any more.
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close();
    }
    this.#socket = null;
  }

  /** Something must come within this time, or the socket counts as lost. */
  #await(mostMs: number): void {
    clearTimeout(this.#pong);
    this.#pong = window.setTimeout(() => this.again(), mostMs);
  }
}
