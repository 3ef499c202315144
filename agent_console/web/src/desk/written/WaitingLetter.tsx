import { useId, useState } from "preact/hooks";
import type { ContactView, MessageView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { clockTime, exactTime, htmlLang } from "../../i18n/index.ts";
import { Badge, Button, Icon, toast } from "../../ui/index.ts";
import { feed, messagesOf } from "../model/store.ts";
import { t } from "./texts.ts";
import "./written.css";

export const LETTER_WAITS = "letter_waits";
const WORDS = ["approved", "refused", "apart"] as const;
type Word = (typeof WORDS)[number];

interface WaitingProps {
  message: MessageView;
  contact: ContactView;
}

/** Somebody else writes into the talk: shown apart from it, until its agent has decided. */
export function WaitingLetter({ message, contact }: WaitingProps) {
  const head = useId();
  const { letter_id = "", sender = "", sender_name, subject, words } = message.data ?? {};
  const decided = wordAbout(messagesOf(contact), letter_id);
  return (
    <section class="letter letter-waits" data-seq={message.seq} aria-labelledby={head}>
      <header class="row wrap">
        <Icon name="users" />
        <b id={head}>{t("waits_title")}</b>
        <Badge tone={decided ? "neutral" : "risk"}>
          {t(decided ? `waits_${decided}` : "waits_open")}
        </Badge>
        <time class="push t12 t3 nowrap" title={exactTime(message.at)}>
          {clockTime(message.at)}
        </time>
      </header>
      <p class="t12 t3" dir="auto">
        {sender_name ? `${sender_name} <${sender}>` : sender}
      </p>
      {subject && (
        <p class="letter-s" dir="auto">
          {subject}
        </p>
      )}
      {words && (
        <blockquote class="letter-q t13" lang={htmlLang(contact.language)} dir="auto">
          {words}
        </blockquote>
      )}
      {!decided && contact.my_role === "owner" && (
        <Decide contact={contact} letterId={letter_id} />
      )}
    </section>
  );
}

/** What was decided, as a later line of the talk tells. */
function wordAbout(messages: readonly MessageView[], letterId: string): Word | undefined {
  const line = messages.findLast(
    (one) => one.event === "letter_decided" && one.data?.letter_id === letterId,
  );
  return WORDS.find((one) => one === line?.data?.word);
}

function Decide({ contact, letterId }: { contact: ContactView; letterId: string }) {
  const [busy, setBusy] = useState(false);
  const decide = async (word: Word): Promise<void> => {
    setBusy(true);
    const named = { contact_id: contact.id, letter_id: letterId, word };
    const answer = await feed.send("decide_letter", named);
    setBusy(false);
    if (!answer.ok && answer.code === "decided_already") {
      toast({ tone: "risk", title: t("waits_over") });
    } else if (done(answer)) {
      // The buttons go: the keyboard stays in the talk.
      document.getElementById("composer")?.focus();
    }
  };
  return (
    <>
      <p class="t12 t3">{t("waits_more")}</p>
      <div class="row wrap" role="group" aria-label={t("waits_title")}>
        <Button size="s" disabled={busy} onClick={() => void decide("approved")}>
          {t("waits_approve")}
        </Button>
        <Button size="s" disabled={busy} onClick={() => void decide("apart")}>
          {t("waits_own_talk")}
        </Button>
        <Button size="s" kind="ghost" disabled={busy} onClick={() => void decide("refused")}>
          {t("waits_refuse")}
        </Button>
      </div>
    </>
  );
}
