import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { setLang, texts } from "../src/i18n/index.ts";

type Entry = string | { one?: string; other: string };
const read = (file: string): Record<string, Entry> =>
  JSON.parse(readFileSync(`src/i18n/${file}`, "utf8")) as Record<string, Entry>;
const names = (entry: Entry): string[] => {
  const text = typeof entry === "string" ? entry : entry.other;
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
};

describe.each(readdirSync("src/i18n/en"))("catalogue %s", (file) => {
  const en = read(`en/${file}`);
  const zh = read(`zh/${file}`);

  it("has the same keys in both languages", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it("names the same values in both languages", () => {
    for (const key of Object.keys(en)) {
      expect([key, names(zh[key] ?? "")]).toEqual([key, names(en[key] ?? "")]);
    }
  });

  it("has no empty text", () => {
    for (const entry of [...Object.values(en), ...Object.values(zh)]) {
      expect(typeof entry === "string" ? entry : entry.other).not.toBe("");
    }
  });
});

describe("texts", () => {
  const t = texts(
    { unread: { one: "{count} message", other: "{count} messages" }, hello: "Hello {name}" },
    { unread: { other: "{count} 条消息" }, hello: "你好，{name}" },
  );

  it("chooses the plural of the language", () => {
    setLang("en");
    expect([t("unread", { count: 1 }), t("unread", { count: 2 })]).toEqual([
      "1 message",
      "2 messages",
    ]);
    setLang("zh");
    expect(t("unread", { count: 1 })).toBe("1 条消息");
  });

  it("says the language on the document", () => {
    setLang("zh");
    expect(document.documentElement.lang).toBe("zh-Hans");
  });
});
