/** What the composer knows and does; the component only shows it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { matches } from "../../keys/combo.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { mentionsIn } from "../hands/mentions.ts";
import { draft, draftOf, type Draft } from "../model/drafts.ts";
import { sendFiles } from "../model/files.ts";
import { say } from "../model/outbox.ts";
import { replaceSlash, slashWord } from "../model/replies.ts";
import { sendWith } from "../model/settings.ts";
import { weType } from "../model/typing.ts";
import { t } from "../texts.ts";
import { isWritten, MAIL } from "../written/channels.ts";
import { headingOf } from "../written/heading.ts";
import type { RepliesHandle } from "./SavedReplies.tsx";

export function useComposer(contact: ContactView) {
  const box = useRef<HTMLTextAreaElement>(null);
  const replies = useRef<RepliesHandle>(null);
  const [caret, setCaret] = useState(0);
  const closed = contact.composer?.closed ?? "";
  const mayReply = contact.my_role !== "watching" && contact.channel !== "task" && !closed;
  const kept = draftOf(contact.id);
  const mode = mayReply ? kept.mode : "note";
  const text = mode === "note" ? kept.note : kept.reply;
  const word = mode === "reply" ? slashWord(text, caret) : null;
  useGrowing(box, text, contact.channel === MAIL ? 2 : 3);

  const setMode = (to: Draft["mode"]): void => {
    draft(contact.id, { mode: to });
    box.current?.focus();
  };
  const toggle = (): void => setMode(mode === "note" ? "reply" : "note");
  useShortcuts(mayReply ? [{ keys: "Alt+KeyN", label: t("note_toggle"), run: toggle }] : []);

  const write = (to: string, at = to.length): void => {
    const since = to === "" ? null : (kept.since ?? contact.last_seq);
    draft(contact.id, mode === "note" ? { note: to } : { reply: to, since });
    if (mode === "reply") weType(contact.id, to !== "");
    setCaret(at);
  };
  const isReady = (): boolean =>
    text.trim() !== "" && (mode === "note" || headingOf(contact) !== null);
  const send = (leavesAt?: number): void => {
    if (!isReady()) return;
    if (mode === "note") {
      const words = text.trim();
      say({ contact_id: contact.id, text: words, command: "note", mentions: mentionsIn(words) });
    } else {
      reply(contact, text.trim(), leavesAt);
    }
    write("");
    if (mode === "reply") draft(contact.id, { subject: null, since: null, bcc: "" });
    box.current?.focus();
  };
  const insert = (reply: string): void => {
    const next = replaceSlash(text, caret, reply);
    write(next.text, next.caret);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const name = (colleague: string): void => {
    write(`${text}${text === "" || /\s$/.test(text) ? "" : " "}@${colleague} `);
    requestAnimationFrame(() => box.current?.focus()); // the dialog gives it back to its button
  };
  const openReplies = (): void => {
    write(text === "" || text.endsWith("\n") ? `${text}/` : `${text}\n/`);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || (word !== null && replies.current?.key(event))) return;
    if (!isSend(event, contact)) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (mayReply) pasteFiles(event, contact.id);
  };
  const on = { onKeyDown, onPaste, onBlur: () => weType(contact.id, false) };
  const shown = { box, replies, mayReply, closed, mode, text, word };
  const acts = { setMode, write, setCaret, send, isReady, insert, openReplies, name };
  return { ...shown, ...acts, on };
}

/** Say it to the customer; on mail and SMS with all that the hub asks of a letter. */
function reply(contact: ContactView, text: string, leavesAt?: number): void {
  const { language, since } = draftOf(contact.id);
  const letter = headingOf(contact);
  say({
    contact_id: contact.id,
    text,
    command: "say",
    ...(letter ? { letter } : {}),
    ...(language ? { language } : {}),
    ...(leavesAt === undefined ? {} : { leaves_at: leavesAt }),
    ...(isWritten(contact) ? { seen_seq: since ?? contact.last_seq } : {}),
  });
}

function pasteFiles(event: ClipboardEvent, contactId: string): void {
  const files = event.clipboardData?.files;
  if (!files?.length) return;
  event.preventDefault();
  sendFiles(contactId, [...files].map(namedScreenshot));
}

/** Browsers call every pasted picture `image.png`: two of them need two names. */
function namedScreenshot(file: File): File {
  if (file.name !== "image.png") return file;
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return new File([file], `screenshot-${time}.png`, { type: file.type });
}

/** In a mail Enter is a new line, whatever the agent has chosen for short words. */
function isSend(event: KeyboardEvent, contact: ContactView): boolean {
  if (matches("Mod+Enter", event)) return true;
  return sendWith.value === "enter" && contact.channel !== MAIL && matches("Enter", event);
}

/** The box grows with its text, up to a part of the window. */
function useGrowing(
  box: { current: HTMLTextAreaElement | null },
  text: string,
  part: number,
): void {
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, innerHeight / part)}px`;
  }, [text]);
}
