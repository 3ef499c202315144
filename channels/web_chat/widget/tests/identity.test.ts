import { describe, expect, it } from "vitest";
import { Identity, type WordSource } from "../src/hello.ts";
import { Memory, isKnown, markOf, type Store } from "../src/memory.ts";

const word = (sub: string): string => `h.${btoa(JSON.stringify({ sub }))}.s`;
const identity = (store: Store, source: WordSource = null): Identity =>
  new Identity("w", () => source, store);

describe("identity", () => {
  it("comes as nobody, then with the token it was given", async () => {
    const store: Store = {};
    const guest = identity(store);
    await guest.settle();
    expect(guest.hello("en", "", 0)).toEqual({ type: "hello", widget: "w", lang: "en" });
    guest.memory.set("resume", "r1");
    expect(guest.hello("en", "c", 4)).toMatchObject({ resume: "r1", conversation: "c", cursor: 4 });
  });

  it("spends the bank's word once and resumes after that", async () => {
    const signed = identity({}, () => Promise.resolve(word("N-1")));
    expect(await signed.settle()).toBe(true);
    expect(signed.hello("en", "", 0)).toMatchObject({ token: word("N-1") });
    signed.memory.set("resume", "r1");
    const again = signed.hello("en", "", 0);
    expect(again).toMatchObject({ resume: "r1" });
    expect(again).not.toHaveProperty("token");
  });

  it("keeps guests and customers of one browser apart", async () => {
    const store: Store = {};
    const first = identity(store, word("N-1"));
    await first.settle();
    first.memory.set("resume", "one");
    for (const other of [identity(store, word("N-2")), identity(store)]) {
      await other.settle();
      expect(other.hello("en", "", 0)).not.toHaveProperty("resume");
    }
    expect(markOf(word("N-1"))).not.toBe(markOf(word("N-2")));
  });

  it("leaves nothing of the customer before when it becomes another, or nobody", async () => {
    for (const next of [word("N-2"), null]) {
      const store: Store = {};
      const first = identity(store, word("N-1"));
      await first.settle();
      first.memory.set("resume", "one");
      first.memory.set("out:p1", "{}");
      await identity(store, next).settle();
      expect(Object.keys(store)).toEqual([]);
    }
  });

  it("brings a guest's open talk and unsent words along, once", async () => {
    const store: Store = {};
    const guest = new Memory(store, "w", "guest");
    guest.set("resume", "g1");
    guest.keep({ id: "p1", at: 1, words: { type: "say", text: "hi" } });
    const signed = identity(store, word("N-1"));
    expect(await signed.settle()).toBe(true);
    expect(signed.hello("en", "", 0)).toMatchObject({ token: word("N-1"), resume: "g1" });
    expect(signed.memory.unsent().map(({ id }) => id)).toEqual(["p1"]);
    expect(guest.get("resume")).toBe("");
    signed.memory.set("resume", "c1");
    expect(signed.hello("en", "", 0)).toEqual({
      type: "hello",
      widget: "w",
      lang: "en",
      resume: "c1",
    });
  });

  it("does not let an older tab undo what a newer one knows", async () => {
    const store: Store = {};
    const old = identity(store);
    await old.settle();
    const newer = identity(store, word("N-1"));
    await newer.settle();
    newer.memory.set("resume", "c1");
    await old.settle();
    expect(newer.memory.get("resume")).toBe("c1");
  });

  it.each(["token_forged", "token_expired", "token_spent", "token_other_widget", "guests_only"])(
    "goes on as a guest after %s, and does not ask again",
    async (code) => {
      const signed = identity({}, word("N-1"));
      await signed.settle();
      expect(signed.refused(code)).toBe("guest");
      expect(await signed.settle()).toBe(true);
      expect(signed.hello("en", "", 0)).not.toHaveProperty("token");
      expect(signed.refused(code)).toBe("later");
    },
  );

  it("believes a refused resume token only the second time, and takes a newer one", async () => {
    const store: Store = {};
    const guest = identity(store);
    guest.memory.set("resume", "old");
    guest.hello("en", "", 0);
    expect(guest.refused("bad_resume")).toBe("later");
    new Memory(store, "w", "guest").set("resume", "from another tab");
    expect(guest.hello("en", "", 0)).toMatchObject({ resume: "from another tab" });
    expect(guest.refused("bad_resume")).toBe("later");
    guest.hello("en", "", 0);
    expect(guest.refused("bad_resume")).toBe("again");
    expect(guest.hello("en", "", 0)).not.toHaveProperty("resume");
  });

  it("survives a bank's page that cannot say who is there", async () => {
    const broken = identity({}, () => Promise.reject(new Error("503")));
    expect(await broken.settle()).toBe(false);
  });
});

describe("memory", () => {
  const pending = { id: "p1", at: 1, words: { type: "say", text: "hi" } } as const;

  it("keeps unsent words in order, and those of another widget apart", () => {
    const store: Store = {};
    const memory = new Memory(store, "w", "guest");
    memory.keep({ ...pending, id: "p2" });
    memory.keep(pending);
    new Memory(store, "v", "guest").keep({ ...pending, id: "p0" });
    expect(memory.unsent().map(({ id }) => id)).toEqual(["p1", "p2"]);
    memory.set("out:p1", "");
    expect(memory.unsent().map(({ id }) => id)).toEqual(["p2"]);
  });

  it("forgets everything of one visitor", () => {
    const store: Store = {};
    const memory = new Memory(store, "w", "guest");
    memory.keep(pending);
    memory.set("resume", "r");
    expect(isKnown(store, "w")).toBe(true);
    memory.forget();
    expect(isKnown(store, "w")).toBe(false);
  });

  it("goes on when storage is full", () => {
    const full = new Proxy<Store>(
      {},
      {
        set: () => {
          throw new Error("full");
        },
      },
    );
    const memory = new Memory(full, "w", "guest");
    expect(() => memory.keep(pending)).not.toThrow();
  });
});
