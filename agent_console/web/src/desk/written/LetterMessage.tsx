import { useId, useState } from "preact/hooks";
import type { ContactView, LetterView, MessageView } from "../../contract.ts";
import { clockTime, exactTime, htmlLang } from "../../i18n/index.ts";
import { Avatar, Badge, BotAvatar, Button } from "../../ui/index.ts";
import { mayPassOn, passOn } from "../outgoing/forward.ts";
import { t as passed } from "../outgoing/texts.ts";
import { Behind } from "../safety/Behind.tsx";
import { DeliveryMark } from "./DeliveryMark.tsx";
import { marksOf } from "./letter.ts";
import { lookAt } from "./Original.tsx";
import { t } from "./texts.ts";
import "./written.css";

interface LetterProps {
  message: MessageView;
  contact: ContactView;
  /** Whose words they are. */
  name: string;
}

/** A mail: head, what is new in it, and folded away what is not. */
export function LetterMessage({ message, contact, name }: LetterProps) {
  const letter = message.letter;
  const head = useId();
  const isGuest = message.speaker === "customer" && !contact.known;
  const who =
    (isGuest && letter?.sender_name) || (letter && isByAnother(letter) && named(letter)) || name;
  return (
    <article class={lookOf(message)} data-seq={message.seq} aria-labelledby={head}>
      <header class="letter-h">
        {message.speaker === "bot" ? (
          <BotAvatar />
        ) : (
          <Avatar name={who} seed={message.agent_id ?? contact.id} size={28} />
        )}
        <div class="grow">
          <div class="row">
            <b class="trunc" id={head}>
              {who}
            </b>
            {letter?.sender && <span class="t12 t3 trunc">{letter.sender}</span>}
            <time class="push t12 t3 nowrap" title={exactTime(message.at)}>
              {clockTime(message.at)}
            </time>
          </div>
          {letter && <Recipients letter={letter} />}
        </div>
      </header>
      {letter?.subject && (
        <h3 class="letter-s" dir="auto">
          {letter.subject}
        </h3>
      )}
      {letter && <Marks letter={letter} />}
      {letter?.is_forward && (
        <Badge tone="line" icon="lock">
          {passed("only_staff")}
        </Badge>
      )}
      <div class="letter-t" lang={htmlLang(contact.language)} dir="auto">
        {message.text}
        {message.secure && <Behind secure={message.secure} />}
      </div>
      {message.files && message.files.length > 0 && <Along files={message.files} />}
      <Folded letter={letter ?? null} message={message} contact={contact} />
      {message.delivery && (
        <DeliveryMark message={message} delivery={message.delivery} contact={contact} />
      )}
    </article>
  );
}

function lookOf({ speaker, kind }: MessageView): string {
  if (kind === "forward") return "letter letter-ours outgoing";
  return speaker === "customer" ? "letter" : "letter letter-ours";
}

/** Not the customer's words: never under the customer's name. */
const isByAnother = ({ flags }: LetterView): boolean => flags.includes("by_another");
const named = ({ sender_name, sender }: LetterView): string => sender_name || sender;

/** To whom it went: in one line, whole on request. */
function Recipients({ letter }: { letter: LetterView }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const all = [...letter.to, ...letter.cc, ...letter.bcc];
  if (all.length === 0) return null;
  const to = all[0] ?? "";
  const words =
    all.length === 1 ? t("to_whom", { to }) : t("to_more", { to, count: all.length - 1 });
  return (
    <>
      <button
        type="button"
        class="linkish t12 t3 letter-to"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={t(open ? "hide_head" : "show_head")}
        onClick={() => setOpen(!open)}
      >
        {words}
      </button>
      {open && (
        <dl class="letter-head t12" id={id}>
          <Line label={t("from")} values={[fullSender(letter)]} />
          <Line label={t("to")} values={letter.to} />
          <Line label={t("cc")} values={letter.cc} />
          <Line label={t("bcc")} values={letter.bcc} />
        </dl>
      )}
    </>
  );
}

const fullSender = ({ sender, sender_name }: LetterView): string =>
  sender && sender_name ? `${sender_name} <${sender}>` : sender;

function Line({ label, values }: { label: string; values: readonly string[] }) {
  const told = values.filter(Boolean);
  if (told.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{told.join(", ")}</dd>
    </div>
  );
}

function Marks({ letter }: { letter: LetterView }) {
  const marks = marksOf(letter);
  if (marks.length === 0) return null;
  return (
    <ul class="letter-m">
      {marks.map((one) => (
        <li key={one.id}>
          <Badge tone={one.tone} icon={one.icon} title={one.why}>
            {one.words}
            {one.why && <span class="sr">. {one.why}</span>}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

/** Files that went along with a letter that was passed on. */
function Along({ files }: { files: NonNullable<MessageView["files"]> }) {
  return (
    <ul class="letter-m t12">
      {files.map((file) => (
        <li key={file.id}>
          <a class="linkish" href={file.href} download={file.name}>
            {file.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface FoldedProps {
  letter: LetterView | null;
  message: MessageView;
  contact: ContactView;
}

/** Quoted words stay folded: the agent has read them above. */
function Folded({ letter, message, contact }: FoldedProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const below = [letter?.signature, letter?.quoted].filter(Boolean).join("\n\n");
  const goesOn = message.kind === "text" && mayPassOn(contact);
  if (!below && !letter?.original && !goesOn) return null;
  return (
    <>
      <div class="row wrap">
        {below && (
          <Button
            size="s"
            kind="ghost"
            icon={open ? "up" : "down"}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {t(open ? "hide_quoted" : "show_quoted")}
          </Button>
        )}
        {letter?.original && (
          <Button size="s" kind="ghost" icon="external" onClick={() => lookAt(letter)}>
            {t("show_original")}
          </Button>
        )}
        {goesOn && (
          <Button size="s" kind="ghost" icon="arrow-r" onClick={() => passOn(contact, message)}>
            {passed("forward")}
          </Button>
        )}
      </div>
      {open && (
        <blockquote class="letter-q t13" id={id} aria-label={t("quoted_text")} dir="auto">
          {below}
        </blockquote>
      )}
    </>
  );
}
