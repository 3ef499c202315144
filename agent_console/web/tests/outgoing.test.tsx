import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { contact } from "../dev/desk/contacts.ts";
import { letter } from "../dev/desk/letters.ts";
import { deskState } from "../dev/desk/state.ts";
import { message } from "../dev/make.ts";
import { FakeWire } from "../dev/wire.ts";
import type { ContactView, JoinView, OutgoingView } from "../src/contract.ts";

const wire = new FakeWire();
vi.mock("#socket", () => ({ openSocket: () => wire }));
const { Outgoing } = await import("../src/desk/outgoing/Outgoing.tsx");
const { Composer } = await import("../src/desk/talk/Composer.tsx");
const { Echoes } = await import("../src/desk/talk/Echoes.tsx");
const { Message } = await import("../src/desk/talk/Message.tsx");
const { ForwardDialog } = await import("../src/desk/outgoing/Forward.tsx");
const { forwardSubject } = await import("../src/desk/outgoing/forward.ts");
const { draft, draftOf } = await import("../src/desk/model/drafts.ts");
const { unsent } = await import("../src/desk/model/outbox.ts");
const { excerpts } = await import("../src/desk/joined/model.ts");
const { signatureOf } = await import("../src/desk/written/Signature.tsx");
const { othersIn } = await import("../src/desk/written/heading.ts");
const { daysToMonday, momentOf, wallMorning, wallTime } = await import("../src/lib/zone.ts");

const now = Date.now() / 1000;
const mail = (over: Partial<ContactView> = {}): ContactView =>
  contact("sofia", now, { channel: "email", account: "help@northmere.example", ...over });
const waiting = (over: Partial<OutgoingView> = {}): OutgoingView => ({
  id: "olt-1",
  contact_id: "sofia",
  agent_id: "a.osei",
  name: { en: "Amara Osei", zh: "阿玛拉·奥塞" },
  kind: "text",
  text: "Helo Ms Marques",
  language: null,
  letter: { subject: "Re: Fee", to: ["sofia@marques.example"], cc: ["j@b.cn"], bcc: [] },
  files: [],
  scheduled: false,
  heard_seq: 3,
  written_at: now,
  leaves_at: now + 9,
  state: "waiting",
  why: "",
  ...over,
});

interface Said {
  command: string;
  args: Record<string, unknown>;
}
const saidOf = (command: string): Said[] =>
  wire.asked
    .filter((one) => one.event === "do")
    .map((one) => one.payload as Said)
    .filter((one) => one.command === command);

function show(what: preact.JSX.Element): HTMLElement {
  const root = document.createElement("div");
  document.body.append(root);
  act(() => render(what, root));
  return root;
}

/** Let answers that are there already be worked on. */
const settled = (): Promise<void> =>
  act(async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  });

async function press(root: HTMLElement, name: string): Promise<void> {
  const found = [...root.querySelectorAll("button")].find((one) =>
    (one.textContent ?? "").startsWith(name),
  );
  if (!found) throw new Error(`no button ${name}`);
  act(() => found.click());
  await settled();
}

beforeEach(() => {
  unsent.value = [];
  excerpts.value = {};
  draft("sofia", { mode: "reply", reply: "", subject: null, cc: "", bcc: "", language: null });
  document.body.replaceChildren();
  wire.asked = [];
  wire.answer = () => Promise.resolve({ ok: true, result: {} });
  if (!wire.connected) wire.connect();
  wire.hear("snapshot", { position: 1, server_now: now, state: deskState(now) });
});

describe("words that wait", () => {
  it("are the draft again when they are taken back", async () => {
    const { text, letter: head, language } = waiting();
    wire.answer = () => Promise.resolve({ ok: true, result: { text, letter: head, language } });
    draft("sofia", { reply: "and more" });
    const root = show(<Outgoing contact={mail({ outgoing: [waiting()] })} />);
    expect(root.textContent).toContain("Leaves in");
    await press(root, "Undo");
    expect(saidOf("take_back_letter")[0]?.args).toEqual({
      contact_id: "sofia",
      letter_id: "olt-1",
    });
    expect(draftOf("sofia")).toMatchObject({
      reply: "Helo Ms Marques\nand more",
      subject: "Re: Fee",
      cc: "j@b.cn",
    });
  });

  it("say why they did not leave, and leave by hand", async () => {
    const stopped = waiting({ state: "stopped", why: "customer_wrote", scheduled: true });
    const root = show(<Outgoing contact={mail({ outgoing: [stopped] })} />);
    expect(root.textContent).toContain("the customer has written since");
    await press(root, "Send now");
    expect(saidOf("send_letter_now")).toHaveLength(1);
  });

  it("cannot be touched by who only watches", () => {
    const root = show(<Outgoing contact={mail({ outgoing: [waiting()], my_role: "watching" })} />);
    expect(root.querySelectorAll("button")).toHaveLength(0);
  });
});

describe("writing a mail", () => {
  it("names what was seen when the words were begun, and the language of the reply", async () => {
    const of = mail();
    const root = show(<Composer contact={of} />);
    const box = root.querySelector("textarea")!;
    act(() => {
      box.value = "您好";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
    act(() => draft("sofia", { language: "zh" }));
    await press(root, "Send");
    const said = saidOf("say")[0]?.args;
    expect(said).toMatchObject({ seen_seq: of.last_seq, language: "zh" });
    expect((said?.letter as { subject: string }).subject).toMatch(/^回复：/);
  });

  it("asks about a reply to all by its own name", async () => {
    wire.answer = () =>
      Promise.resolve({ ok: false, code: "reply_all", detail: "joao@marques.example" });
    draft("sofia", { reply: "Hello", cc: "joao@marques.example" });
    const root = show(
      <>
        <Composer contact={mail()} />
        <Echoes contactId="sofia" />
      </>,
    );
    await press(root, "Send");
    expect(root.textContent).toContain("only the customer has named (joao@marques.example)");
    await press(root, "Send to them too");
    expect(saidOf("say").at(-1)?.args).toMatchObject({ sure: ["reply_all"] });
  });

  it("asks who answers second, and names the colleague", async () => {
    wire.answer = () =>
      Promise.resolve({ ok: false, code: "answered_meanwhile", detail: "b.duarte" });
    draft("sofia", { reply: "Hello" });
    const root = show(
      <>
        <Composer contact={mail()} />
        <Echoes contactId="sofia" />
      </>,
    );
    await press(root, "Send");
    expect(root.textContent).toContain("has answered since you began to write");
    await press(root, "Send mine too");
    expect(saidOf("say").at(-1)?.args).toMatchObject({ sure: ["answered_meanwhile"] });
  });

  it("shows the signature in the language of the reply", () => {
    expect(signatureOf(mail())).toContain("Kind regards");
    draft("sofia", { language: "zh" });
    expect(signatureOf(mail())).toContain("北湄银行");
    expect(signatureOf(mail())).not.toContain("{agent_name}");
  });

  it("knows who else got the mail: not the bank, not the customer", () => {
    const state = deskState(now);
    const to = ["help@northmere.example", "SOFIA@marques.example", "ana@marques.example"];
    const heard = message({
      seq: 99,
      contact_id: "sofia",
      letter: letter({ to, cc: ["joao@marques.example"] }),
    });
    const talk = mail().conversation_id;
    state.messages[talk] = [...(state.messages[talk] ?? []), heard];
    wire.hear("snapshot", { position: 1, server_now: now, state });
    expect(othersIn(mail())).toEqual(["ana@marques.example", "joao@marques.example"]);
  });
});

describe("a forward", () => {
  it("is asked about outside addresses and takes no file by itself", async () => {
    wire.answer = () =>
      Promise.resolve({ ok: false, code: "new_copy", detail: "office@partner.example" });
    const of = mail();
    const said = message({ seq: 3, contact_id: "sofia", text: "A fee", letter: letter() });
    const root = show(
      <>
        <Message message={said} contact={of} same={false} timed />
        <ForwardDialog />
      </>,
    );
    await press(root, "Forward");
    const [to, , unseen] = root.querySelectorAll<HTMLInputElement>("dialog input");
    for (const [field, address] of [
      [to!, "office@partner.example"],
      [unseen!, "head@partner.example"],
    ] as const) {
      act(() => {
        field.value = address;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    act(() => {
      root.querySelector("dialog form")?.dispatchEvent(new Event("submit", { bubbles: true }));
    });
    await settled();
    expect(root.textContent).toContain("outside the bank (office@partner.example)");
    await press(root, "Send all the same");
    const sent = saidOf("forward_letter");
    expect(sent.map((one) => one.args.sure)).toEqual([undefined, ["new_copy"]]);
    const goals = { to: ["office@partner.example"], cc: [], bcc: ["head@partner.example"] };
    expect(sent[0]?.args).toMatchObject({ seq: 3, file_ids: [], letter: goals });
  });

  it("says once that it is one", () => {
    expect(forwardSubject("Re: Fwd: Fee", "en")).toBe("Fwd: Fee");
    expect(forwardSubject("转发：费用", "zh")).toBe("转发：费用");
  });
});

describe("a joined talk", () => {
  const one: JoinView = {
    id: "jon-1",
    kind: "merged",
    shows: true,
    other_id: "cnv-2",
    channel: "email",
    reference: "ABC-DEF-GHJ",
    count: 1,
    by: { en: "Amara Osei", zh: "阿玛拉" },
    at: now,
    whole_until: now + 120,
  };
  const line = message({
    seq: 9,
    contact_id: "sofia",
    kind: "event",
    event: "talk_merged",
    data: { join_id: "jon-1" },
  });

  it("shows the other's words on request and is taken back", async () => {
    const other = message({ seq: 2, contact_id: "x", text: "The same matter" });
    wire.answer = () => Promise.resolve({ ok: true, result: { messages: [other] } });
    const of = mail({ joins: [one] });
    const root = show(<Message message={line} contact={of} same={false} timed />);
    expect(root.textContent).toContain("Merged: E-mail ABC-DEF-GHJ");
    expect(root.textContent).not.toContain("The same matter");
    await press(root, "Show messages");
    expect(root.textContent).toContain("The same matter");
    await press(root, "Undo");
    expect(saidOf("undo_join")[0]?.args).toEqual({ contact_id: "sofia", join_id: "jon-1" });
  });

  it("is a line of what happened once it is taken back", () => {
    const root = show(<Message message={line} contact={mail()} same={false} timed />);
    expect(root.textContent).toContain("Conversations merged");
    expect(root.querySelector("button")).toBeNull();
  });
});

describe("the bank's clock", () => {
  it("goes there and back, over the changes of summer time", () => {
    for (const wall of ["2026-03-28T09:00", "2026-03-30T09:00", "2026-10-25T09:00"]) {
      expect(wallTime(momentOf(wall, "Europe/London"), "Europe/London")).toBe(wall);
    }
    expect(momentOf("2026-11-24T09:00", "Asia/Shanghai")).toBe(Date.UTC(2026, 10, 24, 1) / 1000);
    expect(momentOf("nonsense", "UTC")).toBeNaN();
  });

  it("knows the next morning and Monday of the bank, not of this computer", () => {
    const lateSunday = Date.UTC(2026, 10, 22, 18) / 1000; // Monday, two in the morning, in Shanghai
    expect(daysToMonday(lateSunday, "UTC")).toBe(1);
    expect(daysToMonday(lateSunday, "Asia/Shanghai")).toBe(7);
    expect(wallMorning(lateSunday, 1, 9, "Asia/Shanghai")).toBe("2026-11-24T09:00");
  });
});
