import type { ContactView, MessageView } from "../../contract.ts";
import { both, clockTime, exactTime, htmlLang, lang } from "../../i18n/index.ts";
import { Avatar, BotAvatar, Icon } from "../../ui/index.ts";
import { t } from "../texts.ts";
import { customerOf } from "./customerOf.ts";

interface Props {
  message: MessageView;
  contact: ContactView;
}

/** One message, note or event of a watched conversation. */
export function WatchLine({ message, contact }: Props) {
  if (message.kind === "event") return <EventLine message={message} />;
  if (message.speaker === "system") return <Told message={message} contact={contact} />;
  if (message.audience === "staff") return <Note message={message} />;
  const ours = message.speaker === "agent";
  const bot = message.speaker === "bot" ? "msg-bot" : "";
  return (
    <div class={`msg ${ours ? "msg-a" : "msg-c"} ${bot}`}>
      {!ours && <Face message={message} contact={contact} />}
      <div class="msg-body">
        <div class="bub" lang={htmlLang(contact.language)} dir="auto">
          {message.kind === "file" && message.file ? (
            <span class="row">
              <Icon name="clip" size={14} />
              {message.file.name}
            </span>
          ) : (
            message.text
          )}
        </div>
        <span class="meta">
          {speaker(message, contact)} · <Time at={message.at} />
        </span>
      </div>
    </div>
  );
}

function speaker(message: MessageView, contact: ContactView): string {
  if (message.speaker === "bot") return t("bot");
  if (message.speaker === "customer") return customerOf(contact);
  return message.name ? both(message.name) : t("to_agent");
}

const Time = ({ at }: { at: number }) => <time title={exactTime(at)}>{clockTime(at)}</time>;

function Face({ message, contact }: Props) {
  if (message.speaker === "bot") return <BotAvatar />;
  return <Avatar name={customerOf(contact)} seed={contact.id} size={24} />;
}

/** The bank's own words, such as a receipt. */
function Told({ message, contact }: Props) {
  return (
    <div class="msg-note">
      <div class="note receipt" role="note">
        <span class="meta">
          <Icon name="checks" />
          {t("told")} · <Time at={message.at} />
        </span>
        <div lang={htmlLang(contact.language)} dir="auto">
          {message.text}
        </div>
      </div>
    </div>
  );
}

function Note({ message }: { message: MessageView }) {
  return (
    <div class="msg-note">
      <div class="note" role="note">
        <span class="meta">
          <Icon name="lock" />
          {t("internal_note")}
          {message.name && ` · ${both(message.name)}`} · <Time at={message.at} />
        </span>
        <div dir="auto">{message.text}</div>
      </div>
    </div>
  );
}

const EVENTS = [
  "supervisor_joined",
  "agent_joined",
  "agent_lost",
  "transferred",
  "closed",
  "handed_off",
  "queue_full",
  "came_back",
  "outside_hours",
  "consult_joined",
  "consult_left",
  "silence_warning",
  "call_came_in",
  "call_going_out",
  "sent_to_menu",
  "threat_marked",
] as const;

function EventLine({ message }: { message: MessageView }) {
  const code = EVENTS.find((one) => one === message.event) ?? "other";
  const name = message.data?.[`name_${lang.value}`] ?? message.data?.name_en ?? "";
  return (
    <div class="ev">
      <span>
        {t(`ev_${code}`, { name })} · <Time at={message.at} />
      </span>
    </div>
  );
}
