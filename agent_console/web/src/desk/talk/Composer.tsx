import { useRef } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { Button, Icon, IconButton, Tabs } from "../../ui/index.ts";
import { ColleagueDrafts } from "../hands/ColleagueDrafts.tsx";
import { MentionButton } from "../hands/MentionButton.tsx";
import { TwoWrite } from "../hands/TwoWrite.tsx";
import { LanguageMenu } from "../hands/LanguageMenu.tsx";
import { sendFiles } from "../model/files.ts";
import { setup, titleOf } from "../model/store.ts";
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
import { SendButton } from "./SendButton.tsx";
import { useComposer } from "./useComposer.ts";

const PANEL = "composer-panel";

/** Reply and internal note are tabs of one box; each keeps its own draft. */
export function Composer({ contact }: { contact: ContactView }) {
  const the = useComposer(contact);
  const isNote = the.mode === "note";
  const isMail = contact.channel === MAIL;
  const name = titleOf(contact);
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
        <Modes
          contact={contact}
          mayReply={the.mayReply}
          mode={the.mode}
          text={the.text}
          onMode={the.setMode}
        />
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
          <SendButton
            note={isNote}
            letter={isMail && !isNote}
            later={isWritten(contact) && !isNote}
            ready={the.text.trim() !== ""}
            isReady={the.isReady}
            onSend={the.send}
          />
        </div>
      </div>
    </div>
  );
}

interface ModesProps {
  contact: ContactView;
  mayReply: boolean;
  mode: "reply" | "note";
  text: string;
  onMode: (mode: "reply" | "note") => void;
}

function Modes({ contact, mayReply, mode, text, onMode }: ModesProps) {
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
      {mode === "reply" && contact.channel === SMS && <Segments text={text} />}
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
