/** A wire whose other side is the test. */
import type { Listener, Wire } from "../src/feed/socket.ts";

export class FakeWire implements Wire {
  connected = false;
  /** Everything the page asked, oldest first. */
  asked: Array<{ event: string; payload: never }> = [];
  /** How the other side answers; a rejection is a lost answer. */
  answer: (event: string, payload: never) => Promise<unknown> = () => Promise.resolve({ ok: true });
  private readonly listeners = new Map<string, Listener>();

  on(event: string, listener: Listener): void {
    this.listeners.set(event, listener);
  }

  ask(event: string, payload: unknown): Promise<unknown> {
    this.asked.push({ event, payload: payload as never });
    return this.answer(event, payload as never);
  }

  connect(): void {
    this.connected = true;
    this.hear("connect", undefined);
  }

  disconnect(): void {
    this.connected = false;
  }

  /** The other side sends something. */
  hear(event: string, payload: unknown): void {
    this.listeners.get(event)?.(payload as never);
  }

  lose(): void {
    this.connected = false;
    this.hear("disconnect", "transport close");
  }

  count(event: string): number {
    return this.asked.filter((one) => one.event === event).length;
  }
}
