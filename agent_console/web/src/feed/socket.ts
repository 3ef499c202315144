/** The real transport. `npm run dev` puts dev/socket.ts in its place. */
import { io, type Socket } from "socket.io-client";

export type Listener = (payload: never) => void;

/** What the feed needs of a socket. */
export interface Wire {
  readonly connected: boolean;
  on(event: string, listener: Listener): void;
  /** Send and wait for the acknowledgement; rejects after `timeoutMs` or on loss. */
  ask(event: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  connect(): void;
  disconnect(): void;
}

/** A socket that reconnects by itself, at most 5 s apart; it is not connected yet. */
export function openSocket(): Wire {
  const socket: Socket = io({
    path: "/console/socket.io",
    transports: ["websocket"],
    autoConnect: false,
    reconnectionDelay: 400,
    reconnectionDelayMax: 5000,
    withCredentials: true,
  });
  return {
    get connected() {
      return socket.connected;
    },
    on: (event, listener) => void socket.on(event, listener as (payload: unknown) => void),
    ask: (event, payload, timeoutMs) => socket.timeout(timeoutMs).emitWithAck(event, payload),
    connect: () => void socket.connect(),
    disconnect: () => void socket.disconnect(),
  };
}
