import type { ComponentChildren } from "preact";
import type { ContactView } from "../../contract.ts";
import { both, span } from "../../i18n/index.ts";
import { Avatar, Badge, ChannelTile, IconButton } from "../../ui/index.ts";
import { queueName } from "../model/names.ts";
import { me, narrowPane, records, titleOf } from "../model/store.ts";
import { drawerOpen } from "../record/drawer.ts";
import { t } from "../texts.ts";

interface Parts {
  contact: ContactView;
  /** By which channel or number. */
  reach: ComponentChildren;
  state?: ComponentChildren;
  /** What can be done, at the right. */
  children?: ComponentChildren;
}

/** Who it is, how sure we are, who else is there, and how long they waited: over any contact. */
export function ContactHead({ contact, reach, state, children }: Parts) {
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
          {reach}
          <span>{queueName(contact.queue_id)}</span>
          {contact.waited_seconds !== null && (
            <span class="tnum">{t("waited", { time: span(contact.waited_seconds) })}</span>
          )}
          {state}
        </div>
      </div>
      {children}
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

function IdentityBadge({ contactId }: { contactId: string }) {
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
  // The name of a guest says so itself, and needs the room.
  if (!record.customer) return null;
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
function Others({ contact }: { contact: ContactView }) {
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
