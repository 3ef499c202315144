import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { MessageView } from "../src/contract.ts";
import { type Answer, type Feed, olderPages } from "../src/feed/index.ts";

type State = { messages: Record<string, MessageView[]> };
const messages = (from: number, to: number): MessageView[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ seq: from + n }) as MessageView);

/** A hub that keeps messages from 1 and answers `more` with two of them. */
function hub(first: number) {
  const state = signal<State | null>({ messages: { talk: messages(first, 9) } });
  const asked: number[] = [];
  const send = (_command: string, args: object): Promise<Answer<never>> => {
    const { before_seq } = args as { before_seq: number };
    asked.push(before_seq);
    const result = { messages: messages(Math.max(1, before_seq - 2), before_seq - 1) };
    return Promise.resolve({ ok: true, result } as unknown as Answer<never>);
  };
  const patch = (change: (before: State) => State): void => {
    state.value = change(state.value!);
  };
  const older = olderPages({ state, send, patch } as unknown as Feed<State>);
  const seqs = (): number[] => (state.value?.messages.talk ?? []).map((one) => one.seq);
  return { state, older, asked, seqs };
}

describe("older pages", () => {
  it("come in on top until the first message is there", async () => {
    const { older, seqs } = hub(4);
    await older.load("talk");
    expect(seqs()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(older.has("talk")).toBe(true);
    await older.load("talk");
    expect(seqs()[0]).toBe(1);
    expect(older.has("talk")).toBe(false);
  });

  it("are asked for once at a time", async () => {
    const { older, asked } = hub(4);
    await Promise.all([older.load("talk"), older.load("talk")]);
    expect(asked).toEqual([4]);
    expect(older.loading.value.size).toBe(0);
  });

  it("that come after the conversation was closed are not kept", async () => {
    const { older, state } = hub(4);
    const loading = older.load("talk");
    state.value = { messages: {} };
    await loading;
    expect(state.value).toEqual({ messages: {} });
  });
});
