import type { ContactView, JoinView, MessageView } from "../../contract.ts";
import { both, clockTime, exactTime, fileSize, htmlLang } from "../../i18n/index.ts";
import { Avatar, BotAvatar, Icon, IconButton } from "../../ui/index.ts";
import { me, titleOf } from "../model/store.ts";
import { mayPreview, previewed } from "../hands/Preview.tsx";
import { t as hands } from "../hands/texts.ts";
import { AskButton } from "../viewer/AskButton.tsx";
import { kindName } from "../viewer/kinds.ts";
import { JoinCard } from "../joined/JoinCard.tsx";
import { Behind } from "../safety/Behind.tsx";
import { t } from "../texts.ts";
import { isWritten } from "../written/channels.ts";
import { DeliveryMark } from "../written/DeliveryMark.tsx";
import { LetterMessage } from "../written/LetterMessage.tsx";
import { isLetter } from "../written/letter.ts";
import { LETTER_WAITS, WaitingLetter } from "../written/WaitingLetter.tsx";
import { ReportAnswer } from "../assist/WrongAnswer.tsx";
import { eventIcon, eventText } from "./events.ts";

interface MessageProps {
  message: MessageView;
  contact: ContactView;
  /** Continues the message before: no second avatar. */
  same: boolean;
  /** Show when it was said: the last of a minute does. */
  timed: boolean;
}

export function Message({ message, contact, same, timed }: MessageProps) {
  const joined = joinOf(contact, message);
  if (joined) return <JoinCard contact={contact} one={joined} />;
  if (message.event === LETTER_WAITS) return <WaitingLetter message={message} contact={contact} />;
  if (message.kind === "event") return <EventLine message={message} />;
  if (message.kind === "forward") {
    return (
      <LetterMessage message={message} contact={contact} name={speakerName(message, contact)} />
    );
  }
  if (message.audience === "staff") return <Note message={message} />;
  if (message.speaker === "system") return <Receipt message={message} contact={contact} />;
  if (isLetter(contact, message)) {
    const name = speakerName(message, contact);
    return <LetterMessage message={message} contact={contact} name={name} />;
  }
  const ours = message.speaker === "agent";
  const look = ours ? "msg-a" : "msg-c";
  return (
    <div
      class={`msg ${look} ${message.speaker === "bot" ? "msg-bot" : ""} ${same ? "same" : ""}`}
      data-seq={message.seq}
    >
      {!ours && <Face message={message} contact={contact} />}
      <div class="msg-body">
        <span class="sr">{speakerName(message, contact)}: </span>
        <Body message={message} contact={contact} />
        {message.speaker === "bot" && <ReportAnswer message={message} contact={contact} />}
        {(timed || isLate(message)) && <Meta message={message} contact={contact} />}
      </div>
    </div>
  );
}

/** The join that a line of the talk tells of, while it holds. */
const joinOf = (contact: ContactView, { event, data }: MessageView): JoinView | undefined =>
  event?.startsWith("talk_") ? contact.joins?.find((one) => one.id === data?.join_id) : undefined;

/** A message that did not arrive says so, wherever it stands. */
const isLate = ({ delivery }: MessageView): boolean =>
  delivery?.state === "failed" || delivery?.state === "unknown";

/** The bank's own words to the customer: what was done, with its reference. */
function Receipt({ message, contact }: Pick<MessageProps, "message" | "contact">) {
  return (
    <div class="msg-note" data-seq={message.seq}>
      <div class="note receipt" role="note">
        <span class="meta">
          <Icon name="checks" />
          {t("receipt")} · <time title={exactTime(message.at)}>{clockTime(message.at)}</time>
        </span>
        <div class="note-text" lang={htmlLang(contact.language)} dir="auto">
          {message.text}
        </div>
        {message.delivery && (
          <DeliveryMark message={message} delivery={message.delivery} contact={contact} />
        )}
      </div>
    </div>
  );
}

function Meta({ message, contact }: Pick<MessageProps, "message" | "contact">) {
  const ours = message.speaker === "agent";
  return (
    <span class="meta">
      {ours && !isMine(message) && message.name && <span>{both(message.name)}</span>}
      <time title={exactTime(message.at)}>{clockTime(message.at)}</time>
      {message.delivery ? (
        <DeliveryMark message={message} delivery={message.delivery} contact={contact} />
      ) : (
        ours && !isWritten(contact) && <Seen seen={message.seq <= contact.seen_by_customer_seq} />
      )}
    </span>
  );
}

const isMine = (message: MessageView): boolean => message.agent_id === me.value?.id;

function speakerName(message: MessageView, contact: ContactView): string {
  if (message.speaker === "bot") return t("assistant");
  if (message.speaker === "customer") return titleOf(contact);
  return isMine(message) || !message.name ? t("you") : both(message.name);
}

function Face({ message, contact }: { message: MessageView; contact: ContactView }) {
  if (message.speaker === "bot") return <BotAvatar />;
  return <Avatar name={titleOf(contact)} seed={contact.id} size={24} />;
}

function Body({ message, contact }: { message: MessageView; contact: ContactView }) {
  if (message.kind === "file" && message.file) return <FileCard file={message.file} />;
  return (
    <div class="bub" lang={htmlLang(contact.language)} dir="auto">
      {message.text}
      {message.secure && <Behind secure={message.secure} />}
      {message.articles && (
        <ul class="choices">
          {message.articles.map((one) => (
            <li key={one.slug}>
              <a href={one.href} target="_blank" rel="noopener noreferrer">
                {one.title}
              </a>
            </li>
          ))}
        </ul>
      )}
      {message.choices && message.choices.length > 0 && (
        <ul class="choices">
          {message.choices.map((one) => (
            <li key={one.value}>{one.label}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function FileCard({ file }: { file: NonNullable<MessageView["file"]> }) {
  const kind = kindName(file);
  return (
    <div class="attach">
      <span class="thumb">
        <Icon name={file.media_type.startsWith("image/") ? "image" : "file"} size={18} />
      </span>
      <div class="grow">
        <div class="fw5 trunc" title={file.name} dir="auto">
          {file.name}
        </div>
        <div class="t12 t3">
          {kind}, {fileSize(file.size_bytes)}
        </div>
      </div>
      {mayPreview(file) && (
        <IconButton
          icon="eye"
          label={hands("preview_of", { name: file.name })}
          onClick={() => (previewed.value = file)}
        />
      )}
      <a
        class="ib"
        href={file.href}
        download={file.name}
        aria-label={t("save_file", { name: file.name })}
      >
        <Icon name="download" />
      </a>
    </div>
  );
}

function Seen({ seen }: { seen: boolean }) {
  return (
    <>
      <Icon name={seen ? "checks" : "check"} />
      <span class="sr">{t(seen ? "read" : "delivered")}</span>
    </>
  );
}

function Note({ message }: { message: MessageView }) {
  const name = message.name ? both(message.name) : t("you");
  return (
    <div class="msg-note" data-seq={message.seq}>
      <div class="note" role="note">
        <span class="meta">
          <Icon name="lock" />
          {t("internal_note")} · {name} ·{" "}
          <time title={exactTime(message.at)}>{clockTime(message.at)}</time>
        </span>
        <div class="note-text" dir="auto">
          {message.text}
        </div>
      </div>
    </div>
  );
}

function EventLine({ message }: { message: MessageView }) {
  return (
    <div class="ev" data-seq={message.seq}>
      <Icon name={eventIcon(message.event ?? "")} />
      <span>
        {eventText(message)} · <time title={exactTime(message.at)}>{clockTime(message.at)}</time>
      </span>
      {message.event === "mail_file_refused" && <AskButton />}
    </div>
  );
}
