import { beforeEach, describe, expect, it } from "vitest";
import { clockTime, dayKey, fileSize, money, setLang, span, timeZone } from "../src/i18n/index.ts";
import { initials, slaOf } from "../src/ui/index.ts";

describe("formats", () => {
  beforeEach(() => {
    setLang("en");
    timeZone.value = "Asia/Shanghai";
  });

  it("write spans", () => {
    expect([0, 48, 2538, 3723, -5].map(span)).toEqual(["0:00", "0:48", "42:18", "1:02:03", "0:00"]);
  });

  it("write times in the bank's zone, not the browser's", () => {
    const at = Date.UTC(2026, 4, 12, 18, 30) / 1000;
    expect(clockTime(at)).toBe("02:30");
    expect(dayKey(at)).not.toBe(dayKey(at - 8 * 3600));
  });

  it("write money in its own currency with a real minus", () => {
    expect(money("-3280.00", "CNY")).toBe("−¥3,280.00");
    expect(money("21500", "CNY", true)).toBe("+¥21,500.00");
  });

  it("write sizes", () => {
    expect([900, 219_136, 10_485_760].map(fileSize)).toEqual(["900 B", "214 KB", "10.0 MB"]);
  });
});

describe("marks", () => {
  it("take initials of either writing", () => {
    expect(["Lin Wei", "林薇", "Prince"].map(initials)).toEqual(["LW", "林", "P"]);
  });

  it("tell the state of a promise", () => {
    expect([60, 19, 0, -3].map((left) => slaOf(left, 60))).toEqual(["ok", "risk", "bad", "bad"]);
  });
});
