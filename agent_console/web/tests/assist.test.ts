import { beforeEach, describe, expect, it } from "vitest";
import type { MessageView } from "../src/contract.ts";
import { inWords, type InShort } from "../src/desk/assist/summary.ts";
import { openWords } from "../src/desk/assist/suggestions.ts";
import { lastAnswer } from "../src/desk/assist/wrong.ts";
import { setLang } from "../src/i18n/index.ts";

const line = (speaker: string, text: string, more: object = {}): MessageView =>
  ({ speaker, text, kind: "text", audience: "everyone", ...more }) as MessageView;

describe("the open words", () => {
  it("are what the customer said since the last reply", () => {
    const said = [
      line("customer", "hello"),
      line("agent", "How can I help?"),
      line("customer", "My card"),
      line("customer", "is gone"),
    ];
    expect(openWords(said)).toBe("My card is gone");
    expect(openWords([...said, line("agent", "One moment")])).toBe("");
  });

  it("are not ended by a note, a system line or an event", () => {
    const said = [
      line("customer", "My card is gone"),
      line("agent", "calls the bank", { audience: "staff" }),
      line("system", "", { kind: "event", event: "agent_joined" }),
    ];
    expect(openWords(said)).toBe("My card is gone");
  });

  it("are what was said to the assistant last, before a person came", () => {
    const said = [line("customer", "hi"), line("bot", "Hello"), line("customer", "block it")];
    expect(openWords(said)).toBe("block it");
    expect(openWords([...said, line("bot", "I hand you over")])).toBe("block it");
    expect(openWords([])).toBe("");
  });
});

const NOTHING: InShort = {
  wants: "",
  matters: [],
  deeds: [],
  promised: {},
  failed: {},
  outcome: null,
};

describe("a talk in short", () => {
  beforeEach(() => setLang("en"));

  it("names what was asked, done, promised and not done", () => {
    const words = inWords({
      ...NOTHING,
      wants: "my card is gone",
      matters: ["block_card", "balance"],
      deeds: [
        { kind: "order", what: "block_card", reference: "", state: "applied", due_at: null },
        { kind: "order", what: "change_limit", reference: "", state: "sent", due_at: null },
        { kind: "case", what: "complaint", reference: "C-12", state: "", due_at: null },
      ],
      promised: { callback: "T-4" },
      failed: { change_limit: "core_away" },
    });
    expect(words.split("\n")).toEqual([
      'Asked: Block a card, Balance ("my card is gone").',
      "Done: Block card.",
      "Ordered: Change limit, Sent.",
      "Case C-12 opened: complaint.",
      "Set going by the assistant: Callback, T-4.",
      "Not done: Change a limit, The bank's systems did not answer.",
    ]);
  });

  it("is written in the agent's language", () => {
    setLang("zh");
    expect(inWords({ ...NOTHING, matters: ["block_card"] })).toContain("诉求：");
  });

  it("is empty where the log holds nothing", () => expect(inWords(NOTHING)).toBe(""));
});

describe("the answer that one key reports", () => {
  const event = line("system", "", { kind: "event", event: "handed_off" });

  it("is the last one before the assistant handed over", () => {
    const said = [
      line("bot", "It costs 5"),
      line("customer", "no"),
      line("bot", "I pass you on"),
      event,
    ];
    expect(lastAnswer(said)?.text).toBe("It costs 5");
  });

  it("is the hand-over itself where nothing else was said", () => {
    expect(lastAnswer([line("bot", "I pass you on"), event])?.text).toBe("I pass you on");
    expect(lastAnswer([line("customer", "hi")])).toBeUndefined();
  });
});
