import type { ContactView } from "../../contract.ts";
import { clockTime, htmlLang, span } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import {
  Badge,
  channelName,
  ChannelTile,
  Count,
  PromiseText,
  Since,
  SlaRing,
} from "../../ui/index.ts";
import { queueName, segmentName } from "../model/names.ts";
import {
  choose,
  chosenId,
  messagesOf,
  promisedSeconds,
  titleOf,
  unreadOf,
} from "../model/store.ts";
import { typing } from "../model/typing.ts";
import { hasDraft } from "../model/drafts.ts";
import { t } from "../texts.ts";
import { MAIL } from "../written/channels.ts";
import { subjectOf } from "../written/letter.ts";

/** One row of my work. Unread and the promise are part of its name. */
export function WorkRow({ contact }: { contact: ContactView }) {
  const unread = unreadOf(contact);
  const current = chosenId.value === contact.id;
  return (
    <li class="work-row">
      <a
        class={`lr ${unread ? "unread" : ""}`}
        href={`#${contact.id}`}
        data-contact={contact.id}
        aria-current={current ? "true" : undefined}
        onClick={(event) => {
          event.preventDefault();
          choose(contact.id);
        }}
      >
        <ChannelTile channel={contact.channel} size={32} />
        <div class="grow">
          <div class="l1">
            <b class="trunc">{titleOf(contact)}</b>
            <span class="sr">, {channelName(contact.channel)}, </span>
            <Corner contact={contact} />
          </div>
          <div class="l2">
            <Preview contact={contact} />
            {unread > 0 && <Unread count={unread} />}
            {contact.reply_due_at !== null && (
              <SlaRing dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} small />
            )}
          </div>
          <Third contact={contact} />
        </div>
      </a>
    </li>
  );
}

function Unread({ count }: { count: number }) {
  return (
    <Count tone="on">
      <span title={t("unread", { count })}>{count}</span>
      <span class="sr">{t("unread_word")}</span>
    </Count>
  );
}

/** Time of the row: the promise while the customer waits, else since when. */
function Corner({ contact }: { contact: ContactView }) {
  if (contact.wrap_up) {
    const { started_at: start, until } = contact.wrap_up;
    const used = span(Math.min(tick.value, until) - start);
    return (
      <span class="timer wrap-time">{t("time_of", { used, whole: span(until - start) })}</span>
    );
  }
  if (contact.reply_due_at !== null && unreadOf(contact) > 0) {
    return <PromiseText dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} />;
  }
  return <Since at={contact.assigned_at ?? contact.arrived_at} />;
}

function Preview({ contact }: { contact: ContactView }) {
  if (contact.my_role === "wrap_up") {
    return <span class="trunc">{t("choose_outcome")}</span>;
  }
  if (typing.value.has(contact.id)) return <span class="trunc">{t("is_typing_short")}</span>;
  if (hasDraft(contact.id) && chosenId.value !== contact.id) {
    return <span class="trunc risk">{t("draft_here")}</span>;
  }
  const mine = contact.last_speaker === "agent";
  const subject = contact.channel === MAIL ? subjectOf(messagesOf(contact)) : "";
  return (
    <span class="trunc" title={contact.last_text} lang={htmlLang(contact.language)}>
      {subject && <b class="fw5">{subject}: </b>}
      {mine ? t("you_said", { text: contact.last_text }) : contact.last_text}
    </span>
  );
}

function Third({ contact }: { contact: ContactView }) {
  const late = contact.reply_due_at !== null && contact.channel === "email";
  return (
    <div class="l3">
      {contact.segment && (
        <Badge tone={contact.segment === "premier" ? "premier" : "line"}>
          {segmentName(contact.segment)}
        </Badge>
      )}
      <span class="trunc">
        {queueName(contact.queue_id)}
        {late && ` · ${t("reply_due", { time: clockTime(contact.reply_due_at ?? 0) })}`}
      </span>
      {contact.my_role === "consulted" && <Badge tone="blue">{t("role_consulted")}</Badge>}
      {contact.my_role === "joined" && <Badge tone="blue">{t("role_joined")}</Badge>}
      {contact.my_role === "watching" && <Badge tone="blue">{t("role_watching")}</Badge>}
    </div>
  );
}
