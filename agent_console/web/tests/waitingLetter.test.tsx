/** Somebody else writes into a talk: apart from it until its owner has decided. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { contact } from "../dev/desk/contacts.ts";
import { letter } from "../dev/desk/letters.ts";
import { message } from "../dev/make.ts";
import { FakeWire } from "../dev/wire.ts";
import type { ContactView, MessageView } from "../src/contract.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { Message } = await import("../src/desk/talk/Message.tsx");

const now = Date.now() / 1000;
const mail = (over: Partial<ContactView> = {}): ContactView =>
  contact("sofia", now, { channel: "email", ...over });

function show(over: Partial<MessageView>, of: ContactView = mail()): HTMLElement {
  const root = document.createElement("div");
  const one = message({ seq: 3, contact_id: of.id, ...over });
  act(() => render(<Message message={one} contact={of} same={false} timed />, root));
  return root;
}

const button = (root: HTMLElement, name: string): HTMLButtonElement | undefined =>
  [...root.querySelectorAll("button")].find((one) => one.textContent === name);

describe("a letter of somebody else", () => {
  const waits: Partial<MessageView> = {
    kind: "event",
    event: "letter_waits",
    audience: "staff",
    data: {
      letter_id: "wtl_1",
      sender: "eve@else.example",
      sender_name: "Eve",
      subject: "Me too",
      words: "I am her sister",
    },
  };

  it("waits for the word of the owner", () => {
    const of = mail({ my_role: "owner" });
    const root = show(waits, of);
    expect(root.textContent).toContain("Eve <eve@else.example>");
    expect(root.textContent).toContain("I am her sister");
    act(() => button(root, "Let in")?.click());
    expect(wire.asked.at(-1)?.payload).toMatchObject({
      command: "decide_letter",
      args: { contact_id: of.id, letter_id: "wtl_1", word: "approved" },
    });
  });

  it("is only shown to others", () => {
    const root = show(waits, mail({ my_role: "watching" }));
    expect(root.textContent).toContain("Waits for you");
    expect(button(root, "Let in")).toBeUndefined();
  });

  it("that was let in is never under the customer's name", () => {
    const eve = { sender: "eve@else.example", sender_name: "Eve" };
    const theirs = letter({ ...eve, flags: ["by_another"] });
    const root = show({ text: "Hello", speaker: "customer", letter: theirs });
    expect(root.querySelector("b")?.textContent).toBe("Eve");
    expect(root.textContent).toContain("Written by somebody else");
  });
});
