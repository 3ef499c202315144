import type { ContactView } from "../../contract.ts";
import { span } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import {
  Avatar,
  Badge,
  Button,
  channelName,
  ChannelTile,
  IconButton,
  PromiseText,
  SlaRing,
} from "../../ui/index.ts";
import { both } from "../../i18n/index.ts";
import { AbuseMenu } from "../hands/Abuse.tsx";
import { queueName } from "../model/names.ts";
import { me, narrowPane, promisedSeconds, records, titleOf } from "../model/store.ts";
import { drawerOpen } from "../record/drawer.ts";
import { t } from "../texts.ts";
import { asked, type Asked } from "./asked.ts";

const ask = (what: Asked) => (): void => {
  asked.value = what;
};

export function TalkHead({ contact }: { contact: ContactView }) {
  return (
    <header class="chead">
      <BackButton />
      <ChannelTile channel={contact.channel} size={32} />
      <div class="grow">
        <div class="row">
          <h2 class="trunc">{titleOf(contact)}</h2>
          <IdentityBadge contactId={contact.id} />
          <Others contact={contact} />
        </div>
        <div class="sub">
          <span>{channelName(contact.channel)}</span>
          <span>{queueName(contact.queue_id)}</span>
          {contact.waited_seconds !== null && (
            <span class="tnum">{t("waited", { time: span(contact.waited_seconds) })}</span>
          )}
          {!contact.customer_present && !contact.hand_off?.task && (
            <span class="risk">{t("customer_away")}</span>
          )}
        </div>
      </div>
      {contact.reply_due_at !== null && (
        <span class="row row-1 t12 t2 nowrap" title={t("time_to_reply")}>
          <SlaRing dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} />
          <PromiseText dueAt={contact.reply_due_at} wholeSeconds={promisedSeconds(contact)} />
        </span>
      )}
      {contact.my_role === "owner" ? <OwnerActions contact={contact} /> : <GuestActions />}
      <IconButton
        class="record-toggle"
        icon="panel"
        label={t("customer_record")}
        onClick={() => (drawerOpen.value = true)}
      />
    </header>
  );
}

/** Narrow screens only: back to the list. */
export const BackButton = () => (
  <IconButton
    class="back"
    icon="left"
    label={t("my_work")}
    onClick={() => (narrowPane.value = "work")}
  />
);

function OwnerActions({ contact }: { contact: ContactView }) {
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
      <IconButton icon="consult" label={t("invite")} keys="Alt+KeyC" onClick={ask("invite")} />
      <IconButton icon="hand" label={t("ask_help")} keys="Alt+Shift+KeyH" onClick={ask("help")} />
      <Button
        size="s"
        kind="danger-text"
        aria-keyshortcuts="Alt+Shift+E"
        title="Alt Shift E"
        onClick={ask("end")}
      >
        {t("end")}
      </Button>
      {contact.channel !== "task" && <AbuseMenu contact={contact} />}
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

export function IdentityBadge({ contactId }: { contactId: string }) {
  const record = records.value[contactId];
  if (!record) return null;
  const { level, blocked } = record.identity;
  if (record.restricted) {
    return (
      <Badge tone="line" icon="lock">
        {t("restricted")}
      </Badge>
    );
  }
  if (!record.customer) {
    return (
      <Badge tone="line" icon="user">
        {t("guest")}
      </Badge>
    );
  }
  return level >= 2 && blocked === null ? (
    <Badge tone="ok" icon="shield-ok">
      {t("verified")}
    </Badge>
  ) : (
    <Badge tone="risk" icon="shield-q">
      {t("level_of", { level })}
    </Badge>
  );
}

/** Who else is in the conversation. */
export function Others({ contact }: { contact: ContactView }) {
  const others = contact.participants.filter((one) => one.agent_id !== me.value?.id);
  return (
    <span class="row row-1">
      {others.map((one) => (
        <Avatar
          key={one.agent_id}
          name={`${both(one.name)}, ${t(`role_${one.role}`)}`}
          seed={one.agent_id}
          size={20}
          labelled
        />
      ))}
    </span>
  );
}
