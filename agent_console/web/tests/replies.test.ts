import { describe, expect, it } from "vitest";
import { setup } from "../dev/desk/setup.ts";
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

  it("replace the word before the caret and keep the rest", () => {
    expect(replaceSlash("Hi\n/di end", 6, "Text")).toEqual({ text: "Hi\nText end", caret: 7 });
  });
});
