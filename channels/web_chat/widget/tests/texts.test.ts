import { describe, expect, it } from "vitest";
import { TEXTS, text, type TextKey } from "../src/texts.ts";

const keys = Object.keys(TEXTS) as TextKey[];
const names = (words: string): string[] => (words.match(/{\w+}/g) ?? []).sort();

describe("texts", () => {
  it.each(keys)("%s names the same values in both languages", (key) => {
    expect(names(TEXTS[key][0])).toEqual(names(TEXTS[key][1]));
  });

  it.each(keys.filter((key) => key !== "switch"))(
    "%s is Chinese in Chinese and not in English",
    (key) => {
      expect(TEXTS[key][0]).not.toMatch(/\p{Script=Han}/u);
      expect(TEXTS[key][1]).toMatch(/\p{Script=Han}/u);
      expect(TEXTS[key][0] + TEXTS[key][1]).not.toMatch(/[!！]/);
    },
  );

  it("fills its values in", () => {
    expect(text("zh", "offline", { n: 3 })).toBe("网络已断开，3 秒后重连");
  });
});
