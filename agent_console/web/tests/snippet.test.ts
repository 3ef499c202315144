import { expect, it } from "vitest";
import { snippetOf } from "../src/admin/widget/snippet.ts";
import { csvOf } from "../src/admin/users/sheet.ts";

it("writes the bank's snippet, whatever a name holds", () => {
  const told = snippetOf({ hub: "https://h", widget: `a"><b>&`, lang: "zh", accent: "#fff" });
  expect(told).toContain('<script src="https://h/chat/widget.js" async></script>');
  expect(told).toContain('widget="a&quot;>&lt;b>&amp;"');
  const page = new DOMParser().parseFromString(told, "text/html");
  expect(page.querySelector("bank-chat")?.getAttribute("widget")).toBe(`a"><b>&`);
});

it("keeps formulas of a report from being run", () => {
  const row = { line: 2, login: "=1+1", outcome: "refused", code: "", detail: 'a "b"' } as const;
  const told = csvOf([{ ...row, password: "" }]);
  expect(told).toContain(`"'=1+1"`);
  expect(told).toContain('"a ""b"""');
});
