/** Drafts beyond this tab: colleagues in the contact read them, the agent's other tabs follow.
 * The hub keeps them in memory alone; the newest change of a box stands. */
import { computed, effect } from "@preact/signals";
import type { DraftView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { serverNow } from "../../lib/clock.ts";
import { ofTab, recall, remember } from "../../lib/memory.ts";
import { toast } from "../../ui/index.ts";
import { t } from "../hands/texts.ts";
import { draft, draftOf, drafts, type Draft } from "./drafts.ts";
import { contacts, feed, me } from "./store.ts";

type Kind = DraftView["kind"];

/** Box by kind: the field of the tab's own draft that it is. */
const FIELD = { reply: "reply", note: "note", wrap_up: "notes" } as const;
const KINDS = Object.keys(FIELD) as Kind[];
const TELL_MS = 400;
const MOST = 8000;
/** This tab; what it wrote itself comes back to it and changes nothing. */
const PAGE = crypto.randomUUID();

interface Box {
  text: string;
  /** When this tab, or the one it follows, changed it. */
  at: number;
  told: boolean;
}

/** A tab that is loaded again still knows which of its words are newer than the hub's. */
const MEMORY = "desk.drafts.at";
/** Two changes nearer than this are one: the clocks agree no better, nobody types in two tabs. */
const APART_SECONDS = 1;

const boxes = new Map<string, Box>(
  Object.entries(drafts.peek()).flatMap(([contactId]) =>
    KINDS.map((kind) => [keyOf(contactId, kind), keptBox(contactId, kind)]),
  ),
);

function keyOf(contactId: string, kind: Kind): string {
  return `${contactId} ${kind}`;
}

function keptBox(contactId: string, kind: Kind): Box {
  const text = draftOf(contactId)[FIELD[kind]];
  return { text, at: keptTimes()[keyOf(contactId, kind)] ?? 0, told: text === "" };
}

function keptTimes(): Record<string, number> {
  try {
    return JSON.parse(recall(MEMORY, ofTab) ?? "{}") as Record<string, number>;
  } catch {
    return {};
  }
}

addEventListener("pagehide", () => {
  const times = [...boxes].filter(([, box]) => box.text).map(([key, box]) => [key, box.at]);
  remember(MEMORY, JSON.stringify(Object.fromEntries(times)), ofTab);
});

function boxOf(contactId: string, kind: Kind): Box {
  const key = keyOf(contactId, kind);
  const found = boxes.get(key) ?? { text: "", at: 0, told: true };
  boxes.set(key, found);
  return found;
}

/** What colleagues write in a contact. */
export const colleaguesDrafts = computed(() => {
  const mine = me.value?.id;
  const found: Record<string, DraftView[]> = {};
  for (const [id, all] of Object.entries(feed.state.value?.drafts ?? {})) {
    found[id] = all.filter((one) => one.agent_id !== mine);
  }
  return found;
});

/** Take a colleague's words into the own box, behind what is there. */
export async function takeOver(contactId: string, one: DraftView): Promise<void> {
  if (one.kind === "wrap_up") return;
  const { agent_id, kind } = one;
  const args = { contact_id: contactId, agent_id, kind };
  const answer = await feed.send<{ text: string }>("take_draft", args);
  if (answer.ok) bring(contactId, kind, answer.result.text);
  else toast({ tone: "bad", title: t("draft_gone") });
}

function bring(contactId: string, kind: "reply" | "note", text: string): void {
  const there = draftOf(contactId)[kind];
  const whole = there.trim() ? `${there.trimEnd()}\n${text}` : text;
  draft(contactId, { mode: kind, [kind]: whole } as Partial<Draft>);
}

// -- from this tab to the hub: what changed here, a moment after the last key -------------------

let timer = 0;
effect(() => {
  for (const contactId of Object.keys(drafts.value)) {
    const now = draftOf(contactId);
    for (const kind of KINDS) noteChange(contactId, kind, now[FIELD[kind]]);
  }
  for (const [key, box] of boxes) if (box.text && !drafts.value[idOf(key)]) change(box, "");
});

function noteChange(contactId: string, kind: Kind, text: string): void {
  const box = boxOf(contactId, kind);
  if (box.text !== text) change(box, text);
}

function change(box: Box, text: string): void {
  Object.assign(box, { text, at: serverNow(), told: false });
  if (timer === 0) timer = window.setTimeout(tell, TELL_MS);
}

// Functions, not constants: the effects run while this file is still being read.
function idOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}

function tell(): void {
  timer = 0;
  for (const [key, box] of boxes) {
    const contactId = idOf(key);
    if (box.told || box.text.length > MOST) continue;
    box.told = true;
    if (!contacts.peek()[contactId]) continue;
    const kind = key.slice(contactId.length + 1);
    void feed.send("draft", { contact_id: contactId, kind, text: box.text, page: PAGE });
  }
}

// A hub that started anew knows no drafts; one that knows them gets the same words once more.
feed.onFresh(() => {
  follow();
  for (const box of boxes.values()) if (box.text) box.told = false;
  tell();
});

// -- from the hub to this tab: what another tab wrote, or a colleague took ----------------------

effect(follow);

function follow(): void {
  const mine = me.value?.id;
  for (const [contactId, all] of Object.entries(feed.state.value?.drafts ?? {})) {
    for (const one of all) {
      const box = boxOf(contactId, one.kind);
      const isNewer = one.at > box.at + (one.taken_by ? 0 : APART_SECONDS);
      if (one.agent_id === mine && one.page !== PAGE && isNewer) adopt(contactId, box, one);
    }
  }
}

function adopt(contactId: string, box: Box, one: DraftView): void {
  const before = box.text;
  Object.assign(box, { text: one.text, at: one.at, told: true });
  if (before === one.text) return;
  const field = FIELD[one.kind];
  draft(contactId, { [field]: one.text } as Partial<Draft>);
  if (!one.taken_by || !before.trim() || one.kind === "wrap_up") return;
  const kind = one.kind;
  toast({
    tone: "ok",
    title: t("draft_taken", { name: both(one.taken_by) }),
    action: { label: t("take_back"), run: () => bring(contactId, kind, before) },
    seconds: 20,
  });
}
