import { describe, expect, it } from "vitest";
import {
  countdown,
  estimate,
  eventLine,
  initials,
  moment,
  nameOf,
  pieces,
  size,
} from "../src/format.ts";
import type { Message } from "../src/frames.ts";

describe("pieces", () => {
  const links = (text: string): (string | undefined)[] =>
    pieces(text)
      .map((piece) => piece.href)
      .filter(Boolean);

  it("makes links of https addresses only", () => {
    expect(links("see https://a.example/b?c=d#e now")).toEqual(["https://a.example/b?c=d#e"]);
    for (const text of [
      "http://a.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "a.example",
      "https://",
      "HTTPS//x",
    ])
      expect(links(text)).toEqual([]);
  });

  it("shows no address that pretends to be another", () => {
    expect(links("https://bank.example@evil.example/")).toEqual([]);
    expect(links("https://user:word@evil.example/")).toEqual([]);
  });

  it("leaves the sentence's own marks out", () => {
    expect(links("去 https://a.example/x。谢谢")).toEqual(["https://a.example/x"]);
    expect(links("(https://a.example/x).")).toEqual(["https://a.example/x"]);
  });

  it("loses nothing of the text", () => {
    for (const text of [
      "",
      "plain <b>text</b>",
      "a https://b.example, c https://d.example/e",
      "https://x@y z",
    ])
      expect(
        pieces(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
  });
});

describe("names and numbers", () => {
  it("takes initials as the language does", () => {
    expect(initials("欧雅晴")).toBe("欧");
    expect(initials("Ou Yaqing")).toBe("OY");
    expect(initials("Amara")).toBe("A");
    expect(initials("  Mary  Jane van Dyk ")).toBe("MD");
  });

  it("writes sizes, waits and countdowns", () => {
    expect(size(219136)).toBe("214 KB");
    expect(size(10 * 1024 * 1024)).toBe("10 MB");
    expect(estimate("en", 20)).toBe("About 1 min");
    expect(estimate("zh", 90)).toBe("约 2 分钟");
    expect(estimate("en", null)).toBe("");
    expect(countdown(65.2)).toBe("1:06");
    expect(countdown(-3)).toBe("0:00");
  });

  it("names the day only when it is another", () => {
    const noon = new Date(2026, 4, 12, 12, 5).getTime() / 1000;
    expect(moment("en", noon, noon + 60)).toBe("12:05");
    expect(moment("en", noon, noon + 2 * 86_400)).toContain("12 May");
    expect(moment("zh", noon, noon + 2 * 86_400)).toContain("5月12日");
  });

  it("falls back to the other language's name", () => {
    expect(nameOf({ en: "Ou", zh: "" }, "zh")).toBe("Ou");
    expect(nameOf(null, "en")).toBe("");
  });
});

describe("eventLine", () => {
  const event = (code: string, data = {}): Message => ({
    seq: 1,
    at: 0,
    speaker: "system",
    kind: "event",
    text: "",
    event: code,
    data,
  });

  it("is worded in the page's language", () => {
    const joined = event("agent_joined", { name_en: "Ou Yaqing", name_zh: "欧雅晴" });
    expect(eventLine(joined, "en", 0)).toBe("Ou Yaqing joined the chat");
    expect(eventLine(joined, "zh", 0)).toBe("欧雅晴加入聊天");
  });

  it("says nothing of what a customer need not know", () => {
    expect(eventLine(event("something_new"), "en", 0)).toBe("");
  });
});
