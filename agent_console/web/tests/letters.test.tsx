/** A line of a list, and what was refused of many. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { FakeWire } from "../dev/wire.ts";
import type { LetterLine } from "../src/contract/letters.ts";

vi.mock("#socket", () => ({ openSocket: () => new FakeWire() }));
const { LetterRow, whoOf } = await import("../src/desk/views/letters/LetterRow.tsx");
const { chosenIds } = await import("../src/desk/views/letters/model.ts");
const { lang } = await import("../src/i18n/index.ts");

const now = Date.now() / 1000;
const line = (over: Partial<LetterLine> = {}): LetterLine => ({
  key: [now, "con_1"],
  contact_id: "con_1",
  reference: "ABC-DEF-GHJ",
  channel: "email",
  account: "service@bank.example",
  state: "queued",
  waits_for: null,
  queue_id: "messages",
  agent_id: null,
  customer: null,
  is_restricted: false,
  guest_number: 4821,
  sender: "l•••@mail.example",
  segment: null,
  language: "en",
  subject: "A fee",
  preview: "Why this fee?",
  tags: [],
  arrived_at: now - 60,
  due_at: now - 10,
  until_at: null,
  seq: null,
  delivery: null,
  error_code: null,
  ...over,
});

function show(over: Partial<LetterLine> = {}): HTMLElement {
  const root = document.createElement("ul");
  act(() => render(<LetterRow line={line(over)} />, root));
  return root;
}

describe("a line", () => {
  it("says who, about what, and that it is late", () => {
    const text = show().textContent ?? "";
    expect(text).toContain("l•••@mail.example");
    expect(text).toContain("A fee");
    expect(text).toContain("Overdue since");
    expect(text).toContain("Take");
  });

  it("takes back what lies aside, and offers nothing on a colleague's", () => {
    const aside = show({ state: "parked", waits_for: "customer", until_at: now + 60 });
    expect(aside.textContent).toContain("Take back");
    const taken = show({ state: "assigned", agent_id: "usr_ben" });
    expect(taken.querySelectorAll(".btn").length).toBe(0);
  });

  it("is chosen by its box", () => {
    chosenIds.value = new Set();
    const box = show().querySelector<HTMLInputElement>("input")!;
    act(() => {
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
    expect([...chosenIds.value]).toEqual(["con_1"]);
  });

  it("names a customer in the reader's language, and no colleague's record", () => {
    const customer = { id: "cus_1", name: "Lin Wei", name_zh: "林薇" };
    lang.value = "zh";
    expect(whoOf(line({ customer }))).toBe("林薇");
    lang.value = "en";
    expect(whoOf(line({ customer }))).toBe("Lin Wei");
    expect(whoOf(line({ is_restricted: true }))).toBe("Record of a colleague");
  });
});
