import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { matches } from "../../keys/combo.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Icon, IconButton, Menu, Tabs } from "../../ui/index.ts";
import { draft, draftOf } from "../model/drafts.ts";
import { sendFiles } from "../model/files.ts";
import { say } from "../model/outbox.ts";
import { replaceSlash, slashWord } from "../model/replies.ts";
import { sendWith } from "../model/settings.ts";
import { setup, titleOf } from "../model/store.ts";
import { weType } from "../model/typing.ts";
import { t } from "../texts.ts";
import { SavedReplies, type RepliesHandle } from "./SavedReplies.tsx";

const PANEL = "composer-panel";

/** Reply and internal note are tabs of one box; each keeps its own draft. */
export function Composer({ contact }: { contact: ContactView }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const replies = useRef<RepliesHandle>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const mayReply = contact.my_role !== "watching";
  const kept = draftOf(contact.id);
  const mode = mayReply ? kept.mode : "note";
  const text = mode === "note" ? kept.note : kept.reply;
  const write = (to: string): void => {
    draft(contact.id, mode === "note" ? { note: to } : { reply: to });
    if (mode === "reply") weType(contact.id, to !== "");
  };
  const setMode = (to: "reply" | "note"): void => {
    draft(contact.id, { mode: to });
    box.current?.focus();
  };
  useShortcuts(
    mayReply
      ? [
          {
            keys: "Alt+KeyN",
            label: t("note_toggle"),
            run: () => setMode(mode === "note" ? "reply" : "note"),
          },
        ]
      : [],
  );
  useGrowing(box, text);

  const send = (): void => {
    const words = text.trim();
    if (!words) return;
    say({ contact_id: contact.id, command: mode === "note" ? "note" : "say", text: words });
    write("");
    weType(contact.id, false);
    box.current?.focus();
  };
  const word = mode === "reply" ? slashWord(text, caret) : null;
  const insert = (reply: string): void => {
    const next = replaceSlash(text, caret, reply);
    write(next.text);
    setCaret(next.caret);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const openReplies = (): void => {
    const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    write(`${start}/`);
    setCaret(start.length + 1);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (word !== null && replies.current?.key(event)) return;
    if (!isSend(event)) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (!files?.length || mode === "note") return;
    event.preventDefault();
    sendFiles(contact.id, files);
  };
  const name = titleOf(contact);
  return (
    <div class="composer-wrap">
      {word !== null && (
        <SavedReplies
          ref={replies}
          contact={contact}
          word={word}
          onPick={insert}
          onClose={() => setCaret(0)}
        />
      )}
      <div class={`composer ${mode === "note" ? "is-note" : ""}`}>
        <div class="composer-t">
          {mayReply ? (
            <Tabs
              label={t("message_kind")}
              panel={PANEL}
              chosen={mode}
              onChoose={setMode}
              items={[
                { id: "reply", label: <ModeLabel icon="chat" word={t("reply")} /> },
                { id: "note", label: <ModeLabel icon="note" word={t("internal_note")} /> },
              ]}
            />
          ) : (
            <span class="mode nt" id={`${PANEL}-tab-note`}>
              <ModeLabel icon="note" word={t("internal_note")} />
            </span>
          )}
          <span class="push t12 t3 row row-1" title={t("customer_language")}>
            <Icon name="lang" size={14} />
            {t(contact.language === "zh" ? "language_zh" : "language_en")}
          </span>
        </div>
        <div
          id={PANEL}
          role={mayReply ? "tabpanel" : undefined}
          aria-labelledby={`${PANEL}-tab-${mode}`}
        >
          <textarea
            ref={box}
            id="composer"
            rows={2}
            aria-label={t(mode === "note" ? "note_about" : "reply_to", { name })}
            placeholder={t(mode === "note" ? "note_hint" : "reply_hint")}
            lang={mode === "reply" ? htmlLang(contact.language) : undefined}
            dir="auto"
            value={text}
            aria-controls={word !== null ? "saved-replies" : undefined}
            onInput={(event) => {
              write(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => weType(contact.id, false)}
          />
        </div>
        <div class="composer-b">
          {mode === "reply" && (
            <>
              <IconButton icon="clip" label={t("attach")} onClick={() => picker.current?.click()} />
              <input
                ref={picker}
                type="file"
                multiple
                hidden
                aria-hidden="true"
                tabIndex={-1}
                accept={setup.value?.files.media_types.join(",")}
                onChange={(event) => {
                  sendFiles(contact.id, [...(event.currentTarget.files ?? [])]);
                  event.currentTarget.value = "";
                }}
              />
              {(setup.value?.replies.length ?? 0) > 0 && (
                <Button kind="ghost" size="s" icon="zap" onClick={openReplies}>
                  <span class="hide-s">{t("saved_replies")}</span> <kbd>/</kbd>
                </Button>
              )}
            </>
          )}
          <span class="push" />
          <SendButton note={mode === "note"} ready={text.trim() !== ""} onSend={send} />
        </div>
      </div>
    </div>
  );
}

function isSend(event: KeyboardEvent): boolean {
  if (sendWith.value === "enter") {
    return matches("Enter", event) || matches("Mod+Enter", event);
  }
  return matches("Mod+Enter", event);
}

const ModeLabel = ({ icon, word }: { icon: "chat" | "note"; word: string }) => (
  <>
    <Icon name={icon} size={14} />
    {word}
  </>
);

function SendButton({
  note,
  ready,
  onSend,
}: {
  note: boolean;
  ready: boolean;
  onSend: () => void;
}) {
  const keys = sendWith.value === "enter" ? "Enter" : "Mod+Enter";
  const items = (["mod_enter", "enter"] as const).map((id) => ({
    id,
    label: t(`send_${id}`),
    checked: sendWith.value === id,
    onPick: () => {
      sendWith.value = id;
    },
  }));
  return (
    <span class="split">
      <Button kind="primary" keys={keys} aria-disabled={!ready} onClick={onSend}>
        {t(note ? "add_note" : "send")}
      </Button>
      <Menu class="btn btn-p" label={t("send_with")} title={t("send_with")} items={items}>
        <Icon name="down" size={14} />
      </Menu>
    </span>
  );
}

/** The box grows with its text, up to a third of the window. */
function useGrowing(box: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, innerHeight / 3)}px`;
  }, [text]);
}
