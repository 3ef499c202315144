/** Commands that wait for an answer. */

import type { FromHub, ToHub } from "./frames.ts";

type Command = Extract<ToHub, { id: string }>;
type Answer = Extract<FromHub, { id: string | null }>;
type Settle = { resolve: (answer: never) => void; reject: (error: Error) => void };

export class Errands {
  readonly #open = new Map<string, Settle>();
  readonly #send: (command: Command) => void;

  constructor(send: (command: Command) => void) {
    this.#send = send;
  }

  /** Resolves to the answer; rejects with an Error whose message is the hub's code, or `lost`. */
  run<T extends Answer>(command: Command): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#open.set(command.id, { resolve, reject });
      this.#send(command);
    });
  }

  /** True when the frame answered an errand. */
  heard(frame: FromHub): boolean {
    const id = "id" in frame ? frame.id! : "";
    const errand = this.#open.get(id);
    this.#open.delete(id);
    if (frame.type === "refused") errand?.reject(new Error(frame.code));
    else errand?.resolve(frame as never);
    return !!errand;
  }

  /** The socket is gone, and the answers with it. */
  lost(): void {
    for (const { reject } of this.#open.values()) reject(new Error("lost"));
    this.#open.clear();
  }
}
