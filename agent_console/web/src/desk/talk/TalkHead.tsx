import type { ContactView } from "../../contract.ts";
import { htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, channelName, IconButton, PromiseText, SlaRing } from "../../ui/index.ts";
import { AbuseMenu } from "../hands/Abuse.tsx";
import { useJoin } from "../joined/useJoin.tsx";
import { messagesOf, promisedSeconds } from "../model/store.ts";
import { t } from "../texts.ts";
import { isWritten, MAIL } from "../written/channels.ts";
import { subjectOf } from "../written/letter.ts";
import { SetAside } from "../written/SetAside.tsx";
import { t as written } from "../written/texts.ts";
import { asked, type Asked } from "./asked.ts";
import { ContactHead } from "./ContactHead.tsx";

const ask = (what: Asked) => (): void => {
  asked.value = what;
};

export function TalkHead({ contact }: { contact: ContactView }) {
  const isAway = !contact.customer_present && !contact.hand_off?.task && !isWritten(contact);
  const subject = contact.channel === MAIL ? subjectOf(messagesOf(contact)) : "";
  return (
    <ContactHead
      contact={contact}
      reach={
        subject ? (
          <span class="trunc" title={subject} lang={htmlLang(contact.language)}>
            {subject}
          </span>
        ) : (
          <span>{channelName(contact.channel)}</span>
        )
      }
      state={isAway && <span class="risk">{t("customer_away")}</span>}
    >
      {contact.reply_due_at !== null && (
        <span class="row row-1 t12 t2 nowrap" title={t("time_to_reply")}>
          <SlaRing dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} />
          <PromiseText dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} />
        </span>
      )}
      {contact.my_role === "owner" ? <OwnerActions contact={contact} /> : <GuestActions />}
    </ContactHead>
  );
}

function OwnerActions({ contact }: { contact: ContactView }) {
  const join = useJoin(contact);
  useShortcuts([
    { keys: "Alt+KeyT", label: t("transfer_long"), run: ask("transfer") },
    { keys: "Alt+KeyC", label: t("invite"), run: ask("invite") },
    { keys: "Alt+Shift+KeyH", label: t("ask_help"), run: ask("help") },
    { keys: "Alt+Shift+KeyE", label: t("end"), run: ask("end") },
  ]);
  return (
    <>
      <Button
        size="s"
        icon="transfer"
        aria-keyshortcuts="Alt+T"
        title="Alt T"
        onClick={ask("transfer")}
      >
        {t("transfer")}
      </Button>
      {isWritten(contact) && <SetAside contact={contact} />}
      <IconButton icon="consult" label={t("invite")} keys="Alt+KeyC" onClick={ask("invite")} />
      <IconButton icon="hand" label={t("ask_help")} keys="Alt+Shift+KeyH" onClick={ask("help")} />
      <Button
        size="s"
        kind="danger-text"
        aria-keyshortcuts="Alt+Shift+E"
        title="Alt Shift E"
        onClick={ask("end")}
      >
        {isWritten(contact) ? written("close_talk") : t("end")}
      </Button>
      {contact.channel !== "task" && <AbuseMenu contact={contact} before={join.items} />}
      {join.dialog}
    </>
  );
}

function GuestActions() {
  return (
    <Button size="s" icon="sign-out" onClick={ask("leave")}>
      {t("leave")}
    </Button>
  );
}
