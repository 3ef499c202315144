import { expect, it } from "vitest";
import { waitOnButton, waitWords } from "../src/wait.ts";

const wait = {
  queue: "cards",
  name: { en: "Cards", zh: "银行卡" },
  is_open: true,
  is_staffed: true,
  opens_at: null,
};
const monday = Date.UTC(2026, 10, 23, 1, 0) / 1000;

it.each([
  [{ wait_seconds: null }, "Open", "服务中", ""],
  [{ wait_seconds: 59 }, "Under 1 min", "不到 1 分钟", "Call now, under 1 min wait"],
  [{ wait_seconds: 61 }, "About 2 min", "大约 2 分钟", "Call now, about 2 min wait"],
  [{ wait_seconds: 61, is_staffed: false }, "Nobody at the phone now", "目前无人值守", ""],
  [{ wait_seconds: null, is_open: false }, "Closed", "暂不服务", ""],
])("a wait is told no more exactly than it is known: %o", (more, en, zh, button) => {
  const one = { ...wait, ...more };
  expect([waitWords(one, "en"), waitWords(one, "zh"), waitOnButton(one, "en")]).toEqual([
    en,
    zh,
    button,
  ]);
});

it("says when a closed matter opens, in the time of who reads it", () => {
  const closed = { ...wait, is_open: false, opens_at: monday, wait_seconds: null };
  const here = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
  expect(waitWords(closed, "en")).toContain(here.format(monday * 1000));
  expect(waitWords(closed, "zh")).toMatch(/开始服务$/);
});
