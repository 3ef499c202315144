import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { contact } from "../dev/desk/contacts.ts";
import { letter } from "../dev/desk/letters.ts";
import { deskState } from "../dev/desk/state.ts";
import { message } from "../dev/make.ts";
import { FakeWire } from "../dev/wire.ts";
import type { ContactView, MessageView } from "../src/contract.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { Message } = await import("../src/desk/talk/Message.tsx");
const { WorkRow } = await import("../src/desk/work/WorkRow.tsx");
const { Composer } = await import("../src/desk/talk/Composer.tsx");
const { Echoes } = await import("../src/desk/talk/Echoes.tsx");
const { draft } = await import("../src/desk/model/drafts.ts");
const { unsent } = await import("../src/desk/model/outbox.ts");
const { addressesIn, replySubject } = await import("../src/desk/written/heading.ts");
const { ofBot, saysNothing } = await import("../src/desk/talk/lines.ts");
const { RefusalMenu } = await import("../src/desk/written/Refusals.tsx");
const { NewLetter } = await import("../src/desk/written/NewLetter.tsx");
const { beginWriting, stopWriting } = await import("../src/desk/written/ways.ts");
const { Original } = await import("../src/desk/written/Original.tsx");
const { marksOf, subjectOf } = await import("../src/desk/written/letter.ts");

// frames of the test's page load nothing
const { happyDOM } = window as unknown as {
  happyDOM: { settings: Record<string, boolean> };
};
happyDOM.settings.disableIframePageLoading = true;
happyDOM.settings.handleDisabledFileLoadingAsSuccess = true;

const now = Date.now() / 1000;
const said = () => wire.asked.filter((one) => one.event === "do").map((one) => one.payload);
const saidOf = (command: string) =>
  said().filter((one) => (one as { command: string }).command === command);
const mail = (over: Partial<ContactView> = {}): ContactView =>
  contact("sofia", now, { channel: "email", ...over });

function show(over: Partial<MessageView>, of: ContactView = mail()): HTMLElement {
  const root = document.createElement("div");
  document.body.append(root);
  const one = message({ seq: 3, contact_id: of.id, ...over });
  act(() =>
    render(
      <>
        <Message message={one} contact={of} same={false} timed />
        <Original />
      </>,
      root,
    ),
  );
  return root;
}

const button = (root: HTMLElement, name: string): HTMLButtonElement | undefined =>
  [...root.querySelectorAll("button")].find((one) => one.textContent === name);
const press = (root: HTMLElement, name: string): void => {
  const found = button(root, name);
  if (!found) throw new Error(`no button ${name}`);
  act(() => found.click());
};

function compose(of: ContactView = mail()): HTMLElement {
  const root = document.createElement("div");
  document.body.append(root);
  act(() =>
    render(
      <>
        <Composer contact={of} />
        <Echoes contactId={of.id} />
      </>,
      root,
    ),
  );
  return root;
}

async function send(root: HTMLElement): Promise<void> {
  const keys = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
  await act(async () => {
    root.querySelector("textarea")?.dispatchEvent(new KeyboardEvent("keydown", keys));
    await Promise.resolve();
  });
}

beforeEach(() => {
  unsent.value = [];
  stopWriting();
  draft("sofia", { mode: "reply", reply: "", subject: null, cc: "" });
  document.body.replaceChildren();
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  if (!wire.connected) wire.connect();
  wire.hear("snapshot", { position: 1, server_now: now, state: deskState(now) });
});

describe("a letter", () => {
  it("shows its new words, and what it quotes only on request", () => {
    const root = show({ text: "Thank you", letter: letter({ quoted: "> older words" }) });
    expect(root.textContent).toContain("Thank you");
    expect(root.textContent).not.toContain("older words");
    press(root, "Show quoted text");
    expect(root.querySelector("blockquote")?.textContent).toBe("> older words");
  });

  it("tells everybody it went to when asked", () => {
    const root = show({ letter: letter({ cc: ["joao@marques.example"] }) });
    expect(root.textContent).not.toContain("joao@marques.example");
    press(root, "to help@northmere.example and 1 more");
    expect(root.querySelector("dl")?.textContent).toContain("joao@marques.example");
  });

  it("shows its original only in a frame that may do nothing", () => {
    const root = show({ letter: letter({ original: "/files/f9?t=x", remote_count: 2 }) });
    expect(root.querySelector("iframe")).toBeNull();
    press(root, "Show original");
    const frame = root.querySelector("iframe");
    expect(frame?.getAttribute("sandbox")).toBe("");
    expect(frame?.getAttribute("src")).toBe("/files/f9?t=x&view=1");
    act(() => root.querySelector<HTMLButtonElement>("dialog [aria-label=Close]")?.click());
    expect(root.querySelector("iframe")).toBeNull();
  });

  it("never puts its words into the page as markup", () => {
    const root = show({ text: "<img src=x>", letter: letter({ quoted: "<b>x</b>" }) });
    press(root, "Show quoted text");
    expect(root.querySelector("img, b:not(.trunc)")).toBeNull();
  });

  it("warns of what it claims, and says each thing once", () => {
    const told = letter({
      certainty: "ambiguous",
      automatic: "auto_reply",
      flags: ["from_ambiguous", "auth_forged", "new_code"],
      remote_count: 1,
    });
    expect(marksOf(told).map((one) => [one.tone, one.words])).toEqual([
      ["bad", "Sender unclear"],
      ["neutral", "Out of office"],
      ["bad", "Forged sender check"],
      ["risk", "new_code"],
      ["line", "1 picture from elsewhere was left out"],
    ]);
  });
});

describe("on a written channel", () => {
  const sms = mail({ channel: "sms" });

  it("says where our words are, and not that they were read", () => {
    const root = show({ speaker: "agent", delivery: { state: "delivered", error_code: "" } }, sms);
    expect(root.querySelector("[data-delivery]")?.textContent).toBe("Delivered");
    expect(root.textContent).not.toContain("Read");
  });

  it("lets who has the contact send again what did not arrive", () => {
    const failed = { state: "failed", error_code: "opted_out" } as const;
    const root = show({ speaker: "agent", delivery: failed }, sms);
    expect(root.textContent).toContain("The customer asked not to be written to here.");
    press(root, "Send again");
    expect(said()).toEqual([
      { command: "retry_delivery", args: { contact_id: "sofia", seq: 3 } },
    ]);
    const watched = show({ speaker: "agent", delivery: failed }, { ...sms, my_role: "watching" });
    expect(button(watched, "Send again")).toBeUndefined();
  });
});

it("a row says what a mail is about", () => {
  const root = document.createElement("div");
  const one = deskState(now).contacts.sofia!;
  act(() => render(<WorkRow contact={one} />, root));
  expect(root.querySelector(".l2")?.textContent).toContain("Re: Fee on my March statement");
});

it("a talk is about its newest subject", () => {
  const talk = [
    message({ seq: 1, letter: letter({ subject: "Fee" }) }),
    message({ seq: 2, letter: letter({ subject: "Re: Fee" }) }),
    message({ seq: 3 }),
  ];
  expect(subjectOf(talk)).toBe("Re: Fee");
  expect(subjectOf([])).toBe("");
});

describe("writing a mail", () => {
  it("answers the subject of the talk and sends copies, by Ctrl Enter", async () => {
    const root = compose();
    const cc = "João <joao@marques.example>; a@b.cn";
    act(() => draft("sofia", { reply: "Dear Ms Marques", cc }));
    await send(root);
    expect(said()).toContainEqual({
      command: "say",
      args: expect.objectContaining({
        text: "Dear Ms Marques",
        letter: {
          subject: "Re: Fee on my March statement",
          bcc: [], cc: ["joao@marques.example", "a@b.cn"],
        },
      }) as unknown,
    });
  });

  it("sends nothing while a copy has no address", async () => {
    const root = compose();
    act(() => draft("sofia", { reply: "Dear Ms Marques", cc: "joao" }));
    await send(root);
    expect(saidOf("say")).toEqual([]);
    expect(root.querySelector("textarea")?.value).toBe("Dear Ms Marques");
  });

  it("asks before a copy goes to somebody new, and keeps the words meanwhile", async () => {
    wire.answer = () => Promise.resolve({ ok: false, code: "new_copy", detail: "" });
    const root = compose();
    act(() => draft("sofia", { reply: "Dear Ms Marques", cc: "new@b.example" }));
    await send(root);
    await vi.waitFor(() => expect(root.textContent).toContain("new@b.example"));
    press(root, "Send to them too");
    const args = expect.objectContaining({ sure: ["new_copy"] }) as unknown;
    expect(said().at(-1)).toEqual({ command: "say", args });
  });

  it("counts what an SMS is, and nothing else", () => {
    const root = compose(mail({ channel: "sms" }));
    act(() => draft("sofia", { reply: "您好" }));
    expect(root.querySelector(".segments")?.textContent).toBe("1 SMS · 68 left · UCS-2");
    document.body.replaceChildren();
    expect(compose().querySelector(".segments")).toBeNull();
  });

  it("says why nothing may be written, and still takes a note", () => {
    const root = compose(mail({ channel: "sms", composer: { closed: "opted_out" } }));
    expect(root.textContent).toContain("asked not to be written to");
    expect(button(root, "Reply")).toBeUndefined();
    expect(root.querySelector("textarea")?.getAttribute("aria-label")).toContain("note");
  });

  it("answers a subject once", () => {
    expect(replySubject("RE: 回复：Fee", "en")).toBe("Re: Fee");
    expect(replySubject("Fee", "zh")).toBe("回复：Fee");
    expect(replySubject("", "en")).toBe("");
    expect(addressesIn("a@b.cn， x, <c@d.example>")).toEqual({
      good: ["a@b.cn", "c@d.example"],
      bad: ["x"],
    });
  });
});

describe("a new message from the record", () => {
  const ways = [
    {
      channel: "email",
      accounts: [{ id: "help@northmere.example", name: null }],
      addresses: [
        { ref: "record", shown: "s•••@marques.example", closed: "opted_out" },
        { ref: "adr_2", shown: "m•••@work.example", closed: null },
      ],
    },
    { channel: "sms", accounts: [], addresses: [{ ref: "record", shown: "+86", closed: null }] },
  ];
  const answers: Record<string, unknown> = {};
  const open = async (): Promise<HTMLElement> => {
    wire.answer = (_, payload: unknown) => {
      const { command } = payload as { command: string };
      return Promise.resolve(answers[command] ?? { ok: true, result: {} });
    };
    const root = document.createElement("div");
    document.body.append(root);
    beginWriting({ customer_id: "cus_1", name: "Sofia Marques", language: "en" });
    act(() => render(<NewLetter />, root));
    await vi.waitFor(() => expect(root.querySelector(".sk")).toBeNull());
    return root;
  };
  const fill = (root: HTMLElement, tag: string, value: string): void => {
    const field = root.querySelector<HTMLInputElement>(tag)!;
    act(() => {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };
  const submit = async (root: HTMLElement): Promise<void> => {
    await act(async () => {
      root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
      await Promise.resolve();
    });
  };
  const sent = () => saidOf("start_written");

  it("goes to an address that may be written to, and only with words and subject", async () => {
    answers.ways_to_write = { ok: true, result: { ways } };
    answers.start_written = { ok: true, result: { contact_id: "sofia" } };
    const root = await open();
    await submit(root);
    expect(sent()).toEqual([]);
    expect(root.textContent).toContain("A mail needs a subject.");
    fill(root, "input", "Your appointment");
    fill(root, "textarea", "Dear Ms Marques");
    await submit(root);
    expect(sent()).toEqual([
      {
        command: "start_written",
        args: expect.objectContaining({
          customer_id: "cus_1",
          channel: "email",
          account: "help@northmere.example",
          address: "adr_2",
          letter: { subject: "Your appointment" },
        }) as unknown,
      },
    ]);
    await vi.waitFor(() => expect(root.querySelector("dialog")).toBeNull());
  });

  it("stays open and says why when it was refused", async () => {
    answers.ways_to_write = { ok: true, result: { ways } };
    answers.start_written = { ok: false, code: "conversation_open", detail: "" };
    const root = await open();
    fill(root, "input", "Your appointment");
    fill(root, "textarea", "Dear Ms Marques");
    await submit(root);
    const why = "Somebody is in touch with this address already";
    await vi.waitFor(() => expect(root.textContent).toContain(why));
    expect(root.querySelector("textarea")?.value).toBe("Dear Ms Marques");
  });

  it("says that there is nowhere to write to, or that it could not be read", async () => {
    answers.ways_to_write = { ok: true, result: { ways: ways.slice(1) } };
    expect((await open()).textContent).toContain("Nowhere to write to");
    document.body.replaceChildren();
    stopWriting();
    answers.ways_to_write = { ok: false, code: "timeout", detail: "" };
    expect((await open()).textContent).toContain("could not be read");
  });
});

describe("a refusal", () => {
  let noted: object[] = [];
  let root: HTMLElement;
  beforeEach(() => {
    noted = [];
    root = document.createElement("div");
    document.body.append(root);
    wire.answer = () => Promise.resolve({ ok: true, result: { refusals: noted } });
  });
  afterEach(() => act(() => render(null, root)));

  it("is listed with who wrote it down, and taken back alone", async () => {
    noted = [
      { channel: "sms", purpose: "survey", at: now, by: { en: "Ben", zh: "杜本" } },
      { channel: "email", purpose: "marketing", at: now, by: null },
    ];
    const record = { ...deskState(now).records.sofia!, contact_id: "sofia", customer: null };
    act(() => render(<RefusalMenu record={record} />, root));
    const lines = () => [...root.querySelectorAll(".refusals li")].map((one) => one.textContent);
    await vi.waitFor(() => expect(lines()).toHaveLength(2));
    expect(lines()[0]).toContain("No surveys · Ben");
    expect(lines()[1]).toContain("No offers · the customer");
    noted = noted.slice(1);
    press(root, "Take back");
    const args = { contact_id: "sofia", channel: "sms", purposes: ["survey"] };
    expect(saidOf("take_back_refusal")).toEqual([{ command: "take_back_refusal", args }]);
    await vi.waitFor(() => expect(lines()).toHaveLength(1));
  });

  it("is noted for the channel a guest writes from, and taken back from the closed box", () => {
    HTMLElement.prototype.showPopover = () => undefined; // the page of the test has none
    const record = { ...deskState(now).records.sofia!, contact_id: "sofia", customer: null };
    act(() => render(<RefusalMenu record={record} />, root));
    press(root, "Note a refusal");
    press(root, "Nothing at all");
    const closed = compose(mail({ composer: { closed: "opted_out" } }));
    press(closed, "The customer takes it back");
    const purposes = ["marketing", "survey", "service"];
    const args = { contact_id: "sofia", channel: "email", purposes };
    expect(saidOf("note_refusal")).toEqual([{ command: "note_refusal", args }]);
    expect(saidOf("take_back_refusal")).toEqual([{ command: "take_back_refusal", args }]);
  });
});

describe("a mail that no bot has answered", () => {
  const hand_off = {
    wants: "", collected: [], tried: [], task: null, bot_seq_from: 1, bot_seq_to: 2,
  };

  it("is not folded away as a bot's talk, and no empty card stands over it", () => {
    const one = message({ seq: 1 });
    const bot = message({ seq: 2, speaker: "bot" });
    expect(ofBot(mail({ hand_off }), one)).toBe(false);
    expect(ofBot(mail({ hand_off }), bot)).toBe(true);
    expect(ofBot(mail({ hand_off, channel: "web_chat" }), one)).toBe(true);
    expect(saysNothing(mail({ hand_off }))).toBe(true);
    expect(saysNothing(mail({ hand_off: { ...hand_off, wants: "A fee" } }))).toBe(false);
    expect(saysNothing(mail({ hand_off, channel: "web_chat" }))).toBe(false);
  });
});
