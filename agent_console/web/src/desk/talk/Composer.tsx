import { useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Icon, IconButton, Kbd, Menu, Tabs } from "../../ui/index.ts";
import { ColleagueDrafts } from "../hands/ColleagueDrafts.tsx";
import { MentionButton } from "../hands/MentionButton.tsx";
import { TwoWrite } from "../hands/TwoWrite.tsx";
import { LanguageMenu } from "../hands/LanguageMenu.tsx";
import { sendFiles } from "../model/files.ts";
import { sendWith } from "../model/settings.ts";
import { setup, titleOf } from "../model/store.ts";
import { LaterDialog } from "../outgoing/Later.tsx";
import { t as outgoing } from "../outgoing/texts.ts";
import { SecureMenu } from "../safety/SecureMenu.tsx";
import { t } from "../texts.ts";
import { Closed } from "../written/Closed.tsx";
import { isWritten, MAIL, SMS } from "../written/channels.ts";
import { replyLanguage } from "../written/heading.ts";
import { MailHead } from "../written/MailHead.tsx";
import { ReplyLanguage } from "../written/ReplyLanguage.tsx";
import { Segments } from "../written/Segments.tsx";
import { Signature } from "../written/Signature.tsx";
import { SavedReplies } from "./SavedReplies.tsx";
import { useComposer } from "./useComposer.ts";

const PANEL = "composer-panel";

/** Reply and internal note are tabs of one box; each keeps its own draft. */
export function Composer({ contact }: { contact: ContactView }) {
  const the = useComposer(contact);
  const isNote = the.mode === "note";
  const isMail = contact.channel === MAIL;
  const name = titleOf(contact);
  const [later, setLater] = useState(false);
  return (
    <div class="composer-wrap">
      {the.word !== null && (
        <SavedReplies
          ref={the.replies}
          contact={contact}
          word={the.word}
          onPick={the.insert}
          onClose={() => the.setCaret(0)}
        />
      )}
      <TwoWrite contactId={contact.id} />
      <ColleagueDrafts contactId={contact.id} onTaken={() => the.box.current?.focus()} />
      {the.closed && <Closed contact={contact} code={the.closed} />}
      <div class={`composer ${isNote ? "is-note" : isMail ? "is-mail" : ""}`}>
        <Modes contact={contact} mayReply={the.mayReply} mode={the.mode} onMode={the.setMode} />
        <div
          id={PANEL}
          role={the.mayReply ? "tabpanel" : undefined}
          aria-labelledby={`${PANEL}-tab-${the.mode}`}
        >
          {isMail && !isNote && <MailHead contact={contact} />}
          <textarea
            ref={the.box}
            id="composer"
            data-for={contact.id}
            rows={isMail && !isNote ? 7 : 2}
            aria-label={t(isNote ? "note_about" : "reply_to", { name })}
            placeholder={t(isNote ? "note_hint" : "reply_hint")}
            lang={isNote ? undefined : htmlLang(replyLanguage(contact))}
            dir="auto"
            value={the.text}
            aria-controls={the.word === null ? undefined : "saved-replies"}
            onInput={({ currentTarget: area }) => the.write(area.value, area.selectionStart)}
            onSelect={(event) => the.setCaret(event.currentTarget.selectionStart)}
            {...the.on}
          />
          {isMail && !isNote && <Signature contact={contact} />}
        </div>
        <div class="composer-b">
          {isNote && <MentionButton onPick={the.name} />}
          {!isNote && <ReplyTools contact={contact} onReplies={the.openReplies} />}
          {!isNote && isWritten(contact) && <SecureMenu contact={contact} />}
          {!isNote && isWritten(contact) && <ReplyLanguage contact={contact} />}
          <span class="push" />
          {!isNote && contact.channel === SMS && <Segments text={the.text} />}
          <SendButton
            note={isNote}
            letter={isMail && !isNote}
            later={isWritten(contact) && !isNote}
            ready={the.text.trim() !== ""}
            onSend={the.send}
            onLater={() => the.isReady() && setLater(true)}
          />
        </div>
      </div>
      {later && (
        <LaterDialog
          onClose={() => setLater(false)}
          onPick={(at) => {
            the.send(at);
            setLater(false);
          }}
        />
      )}
    </div>
  );
}

interface ModesProps {
  contact: ContactView;
  mayReply: boolean;
  mode: "reply" | "note";
  onMode: (mode: "reply" | "note") => void;
}

function Modes({ contact, mayReply, mode, onMode }: ModesProps) {
  return (
    <div class="composer-t">
      {mayReply ? (
        <Tabs
          label={t("message_kind")}
          panel={PANEL}
          chosen={mode}
          onChoose={onMode}
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
      <LanguageMenu contact={contact} word={t("customer_language")} />
    </div>
  );
}

const ModeLabel = ({ icon, word }: { icon: "chat" | "note"; word: string }) => (
  <>
    <Icon name={icon} size={14} />
    {word}
  </>
);

function ReplyTools({ contact, onReplies }: { contact: ContactView; onReplies: () => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
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
        onChange={({ currentTarget: input }) => {
          sendFiles(contact.id, [...(input.files ?? [])]);
          input.value = "";
        }}
      />
      {(setup.value?.replies.length ?? 0) > 0 && (
        <Button kind="ghost" size="s" icon="zap" onClick={onReplies}>
          {t("saved_replies")} <kbd>/</kbd>
        </Button>
      )}
    </>
  );
}

interface SendProps {
  note: boolean;
  /** Of a mail: never sent by Enter alone. */
  letter: boolean;
  /** The words can leave at a time that is chosen. */
  later: boolean;
  ready: boolean;
  onSend: () => void;
  onLater: () => void;
}

const LATER_KEYS = "Alt+Shift+KeyL";

function SendButton({ note, letter, later, ready, onSend, onLater }: SendProps) {
  const keys = sendWith.value === "enter" && !letter ? "Enter" : "Mod+Enter";
  useShortcuts(later ? [{ keys: LATER_KEYS, label: outgoing("later_title"), run: onLater }] : []);
  const ways = (["mod_enter", "enter"] as const).map((id) => ({
    id,
    label: t(`send_${id}`),
    checked: sendWith.value === id,
    onPick: () => {
      sendWith.value = id;
    },
  }));
  const atTime = {
    id: "later",
    label: outgoing("send_later"),
    mark: <Icon name="calendar" size={14} />,
    hint: <Kbd keys={LATER_KEYS} />,
    onPick: onLater,
  };
  const items = [...(later ? [atTime] : []), ...(letter ? [] : ways)];
  const title = letter ? outgoing("send_later") : t("send_with");
  return (
    <span class="split">
      <Button kind="primary" keys={keys} aria-disabled={!ready} onClick={() => onSend()}>
        {t(note ? "add_note" : "send")}
      </Button>
      <Menu class="btn btn-p" label={title} title={title} items={items}>
        <Icon name="down" size={14} />
      </Menu>
    </span>
  );
}
