import { describe, expect, it } from "vitest";
import { setup } from "../dev/desk/setup.ts";
import { withReply, type Reply } from "../src/admin/replies/model.ts";
import { fillBlanks, wrongBlanks } from "../src/lib/blanks.ts";
import { filled, fitting, replaceSlash, slashWord } from "../src/desk/model/replies.ts";

describe("saved replies", () => {
  it("open by a slash at the start of a line only", () => {
    expect(slashWord("/disp", 5)).toBe("disp");
    expect(slashWord("Hello\n/di", 9)).toBe("di");
    expect(slashWord("and/or", 6)).toBeNull();
    expect(slashWord("/two words", 10)).toBeNull();
  });

  it("are found by code or title in both languages, those of the queue first", () => {
    const codes = (word: string, queue: string | null): string[] =>
      fitting(setup.replies, word, queue).map((one) => one.code);
    expect(codes("", "cards")).toEqual(["dispute-open", "dispute-docs", "hello"]);
    expect(codes("争议", "cards")).toEqual(["dispute-open"]);
    expect(codes("", "loans")).toEqual(["hello"]);
  });

  it("speak the customer's language and know the names", () => {
    const names = { customer_name: "林薇", agent_name: "阿玛拉", queue: "卡片" };
    const hello = setup.replies[0]!;
    expect(filled(hello, "zh", names)).toContain("您好，林薇，我是北湄银行的阿玛拉");
  });

  it("greet who is not known without a name", () => {
    const guest = { customer_name: "", agent_name: "Amara", queue: "Cards" };
    const hello = setup.replies[0]!;
    expect(filled(hello, "en", guest)).toMatch(/^Hello, this is Amara/);
    expect(filled(hello, "zh", guest)).toMatch(/^您好，我是/);
    expect(fillBlanks("{customer_name}, hello", guest)).toBe("hello");
    expect(fillBlanks(" kept as it is", guest)).toBe(" kept as it is");
  });

  it("name what nobody fills", () => {
    expect(wrongBlanks("Hello {customer_name} {agent_name} {queue}")).toEqual([]);
    expect(wrongBlanks("{name} {name} {% if %} {")).toEqual(["{name}", "{% if %}", "{"]);
    expect(wrongBlanks("{}")).toEqual(["{}"]);
  });

  it("are changed one at a time", () => {
    const [one, two] = ["a", "b"].map((code) => ({ code }) as Reply);
    const codes = (all: Reply[]): string[] => all.map(({ code }) => code);
    expect(codes(withReply([one!, two!], one!, { ...one!, code: "c" }))).toEqual(["c", "b"]);
    expect(codes(withReply([one!, two!], one!, null))).toEqual(["b"]);
    expect(codes(withReply([one!], null, two!))).toEqual(["a", "b"]);
  });

  it("replace the word before the caret and keep the rest", () => {
    expect(replaceSlash("Hi\n/di end", 6, "Text")).toEqual({ text: "Hi\nText end", caret: 7 });
  });
});
