import type { LetterLine } from "../../../contract/letters.ts";
import { both, exactTime, htmlLang, lang } from "../../../i18n/index.ts";
import { serverNow, tick } from "../../../lib/clock.ts";
import { Avatar, Badge, Button, channelName, ChannelTile } from "../../../ui/index.ts";
import { agentName, queueName, segmentName } from "../../model/names.ts";
import { choose as openContact, contacts, setup } from "../../model/store.ts";
import { sendAgain, take } from "./acts.ts";
import { choose, chosenIds, list } from "./model.ts";
import { t } from "./texts.ts";

/** One line: who, about what, by when, whose; and the one thing to do with it. */
export function LetterRow({ line }: { line: LetterLine }) {
  const name = whoOf(line);
  const isChosen = chosenIds.value.has(line.contact_id);
  return (
    <li class="letter-line" data-chosen={isChosen || undefined}>
      {list.value !== "failed" && (
        <input
          type="checkbox"
          aria-label={t("choose", { name })}
          checked={isChosen}
          onChange={(event) => choose(line.contact_id, event.currentTarget.checked)}
        />
      )}
      <button
        type="button"
        class="letter-main"
        data-contact={line.contact_id}
        onClick={() => act(line)}
      >
        <ChannelTile channel={line.channel} size={32} />
        <span class="grow">
          <span class="letter-l1">
            <b class="trunc">{name}</b>
            <span class="sr">, {channelName(line.channel)}</span>
            {line.segment === "premier" && (
              <Badge tone="premier">{segmentName(line.segment)}</Badge>
            )}
            <Tags codes={line.tags} />
          </span>
          <span class="letter-l2 trunc" lang={htmlLang(line.language)}>
            {line.subject && <b class="fw5">{line.subject}</b>}
            {line.subject && line.preview && " — "}
            {line.preview || (!line.subject && t("no_words"))}
          </span>
        </span>
      </button>
      <span class="letter-when">
        <When line={line} />
        <Whose line={line} />
      </span>
      <Act line={line} />
    </li>
  );
}

export function whoOf(line: LetterLine): string {
  if (line.is_restricted) return t("restricted");
  const { customer } = line;
  const isChinese = lang.value === "zh";
  const name = (isChinese && customer?.name_zh) || customer?.name;
  return name || line.sender || t("guest", { number: line.guest_number });
}

function Tags({ codes }: { codes: readonly string[] }) {
  const tags = setup.value?.letter_tags ?? [];
  return (
    <>
      {codes.map((code) => {
        const found = tags.find((one) => one.code === code);
        return (
          <Badge key={code} icon="tag">
            {found ? both(found.label) : code}
          </Badge>
        );
      })}
    </>
  );
}

function When({ line }: { line: LetterLine }) {
  tick.value; // time alone makes it overdue
  if (line.delivery) {
    return <Badge tone="bad">{t(`delivery_${line.delivery}`)}</Badge>;
  }
  if (line.waits_for && line.until_at !== null) {
    const time = exactTime(line.until_at);
    return <Badge icon="clock">{t(`waits_${line.waits_for}`, { time })}</Badge>;
  }
  if (line.due_at === null) {
    return line.state === "assigned" ? <Badge tone="ok">{t("answered")}</Badge> : null;
  }
  const isLate = line.due_at < serverNow();
  const time = exactTime(line.due_at);
  return (
    <Badge tone={isLate ? "bad" : "line"}>{t(isLate ? "overdue" : "due_at", { time })}</Badge>
  );
}

function Whose({ line }: { line: LetterLine }) {
  const queue = queueName(line.queue_id);
  if (line.state === "parked" && !line.waits_for) {
    return <span class="t12 t3 trunc">{[queue, t("outside_hours")].join(" · ")}</span>;
  }
  if (!line.agent_id) return <span class="t12 t3 trunc">{queue}</span>;
  const name = agentName(line.agent_id);
  return (
    <span class="t12 t2 letter-whose" title={queue}>
      <Avatar name={name} seed={line.agent_id} size={20} />
      <span class="trunc">{line.state === "reserved" ? t("on_offer") : name}</span>
    </span>
  );
}

function act(line: LetterLine): void {
  if (contacts.value[line.contact_id]) openContact(line.contact_id);
  else choose(line.contact_id, !chosenIds.value.has(line.contact_id));
}

function Act({ line }: { line: LetterLine }) {
  if (line.delivery) {
    return (
      <Button size="s" onClick={() => void sendAgain(line)}>
        {t("send_again")}
      </Button>
    );
  }
  if (contacts.value[line.contact_id]) {
    return (
      <Button size="s" onClick={() => openContact(line.contact_id)}>
        {t("open")}
      </Button>
    );
  }
  if (line.state === "assigned") return <span class="letter-none" />;
  return (
    <Button size="s" onClick={() => void take(line)}>
      {t(line.waits_for ? "take_back" : "take")}
    </Button>
  );
}
