/** The socket of `npm run dev`: a hub in the page, one per topic. */
import type { Op } from "../src/contract.ts";
import type { Listener, Wire } from "../src/feed/socket.ts";
import { DeskHub } from "./desk/hub.ts";
import { WallboardHub } from "./wallboard/hub.ts";

/** What answers on the other side of the mock wire. A page with another topic adds its own. */
export interface MockHub {
  state: object;
  /** Answer a command: the result, or throw a code. */
  act(command: string, args: Record<string, unknown>): object;
  /** The page said hello; `push` sends operations and keeps `state` in step. */
  started(push: (ops: Op[]) => void): void;
}

const HUBS: Record<string, () => MockHub> = {
  desk: () => new DeskHub(),
  wallboard: () => new WallboardHub(),
};

export function openSocket(): Wire {
  const listeners = new Map<string, Listener>();
  const hear = (event: string, payload: unknown): void => listeners.get(event)?.(payload as never);
  let hub: MockHub | null = null;
  let position = 100;
  let connected = false;

  const push = (ops: Op[]): void => {
    const before = position;
    position += 1;
    hear("feed", { before, position, ops });
  };
  const hello = (topic: string): object => {
    const first = !hub;
    hub ??= HUBS[topic]?.() ?? null;
    if (!hub) return { ok: false, code: "not_found", detail: "" };
    hear("snapshot", { position, server_now: Date.now() / 1000, state: hub.state });
    if (first) hub.started(push);
    return { ok: true };
  };
  const wire: Wire = {
    get connected() {
      return connected;
    },
    on: (event, listener) => void listeners.set(event, listener),
    async ask(event, payload) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (event === "hello") return hello((payload as { topic: string }).topic);
      const { command, args } = payload as { command: string; args: Record<string, unknown> };
      try {
        return { ok: true, result: hub?.act(command, args) ?? {} };
      } catch (code) {
        return { ok: false, code: String(code), detail: "" };
      }
    },
    connect() {
      setTimeout(() => {
        connected = true;
        hear("connect", undefined);
      }, 60);
    },
    disconnect() {
      connected = false;
    },
  };
  // for looking at a lost connection by hand: loseConnection(8)
  Object.assign(globalThis, {
    loseConnection(seconds: number) {
      connected = false;
      hear("disconnect", "transport close");
      setTimeout(() => wire.connect(), seconds * 1000);
    },
  });
  return wire;
}
