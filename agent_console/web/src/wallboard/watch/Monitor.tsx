import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Avatar, ChannelTile, Icon, type IconName, Tabs } from "../../ui/index.ts";
import { CallControls } from "../calls/CallControls.tsx";
import { queueName } from "../model/names.ts";
import { bring } from "../model/filters.ts";
import { contacts, may } from "../model/store.ts";
import {
  canJoin,
  canTakeOver,
  dialog,
  join,
  noteWished,
  stop,
  watchedId,
  watchedList,
} from "../model/watch.ts";
import { t } from "../texts.ts";
import { customerOf } from "./customerOf.ts";
import { RecordPane } from "./RecordPane.tsx";
import { WatchLog } from "./WatchLog.tsx";
import { WriteBox } from "./WriteBox.tsx";

/** A live conversation beside the figures: read it, write to its staff, step in. */
export function Monitor({ contact }: { contact: ContactView }) {
  const [tab, setTab] = useState<"conversation" | "customer">("conversation");
  const panel = useId();
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    pane.current?.focus();
    bring(contact.id);
  }, [contact.id]);
  useEffect(() => setTab("conversation"), [noteWished.value]);
  return (
    <aside ref={pane} class="pane monitor" aria-label={t("monitor")} data-part tabIndex={-1}>
      <Others now={contact} />
      {contact.channel === "phone" ? (
        <CallControls contact={contact} />
      ) : (
        <Controls contact={contact} />
      )}
      <Tabs
        label={t("monitor")}
        items={[
          { id: "conversation", label: t("conversation") },
          { id: "customer", label: t("customer_record") },
        ]}
        chosen={tab}
        onChoose={setTab}
        panel={panel}
      />
      <div
        class="monitor-panel"
        role="tabpanel"
        id={panel}
        aria-labelledby={`${panel}-tab-${tab}`}
        tabIndex={tab === "customer" ? 0 : -1}
      >
        {tab === "conversation" ? (
          <>
            <WatchLog key={`log ${contact.id}`} contact={contact} />
            <WriteBox key={contact.id} contact={contact} />
          </>
        ) : (
          <RecordPane contact={contact} />
        )}
      </div>
    </aside>
  );
}

/** More than one is open where the supervisor has joined: choose which to look at. */
function Others({ now }: { now: ContactView }) {
  if (watchedList.value.length < 2) return null;
  return (
    <div class="states others" role="group" aria-label={t("watched_list")}>
      {watchedList.value.map((one) => (
        <button
          key={one.id}
          type="button"
          class="chip"
          aria-pressed={one.id === now.id}
          onClick={() => (watchedId.value = one.id)}
        >
          {customerOf(one)}
        </button>
      ))}
    </div>
  );
}

function Controls({ contact }: { contact: ContactView }) {
  const row = contacts.value[contact.id];
  const owner = contact.participants.find((one) => one.role === "owner");
  const joined = contact.my_role === "joined";
  const steer = may("steer_contacts");
  return (
    <div class="callbar" role="group" aria-label={t("monitor")}>
      <div class="row grow">
        {owner ? (
          <Avatar name={both(owner.name)} seed={owner.agent_id} />
        ) : (
          <ChannelTile channel={contact.channel} size={24} />
        )}
        <Who contact={contact} />
      </div>
      <div class="row row-1">
        <Control icon="note" label={t("note")} onClick={() => (noteWished.value += 1)} />
        {steer && !joined && row && canJoin(row) && (
          <Control icon="barge" label={t("join")} onClick={() => void join(contact.id)} />
        )}
        {steer && row && canTakeOver(row) && (
          <Control
            icon="user-plus"
            label={t("take_over")}
            onClick={() => (dialog.value = { kind: "take_over", contactId: contact.id })}
          />
        )}
        <Control
          icon="x"
          end
          label={t(joined ? "leave" : "stop")}
          onClick={() => void stop(contact.id)}
        />
      </div>
    </div>
  );
}

function Who({ contact }: { contact: ContactView }) {
  const owner = contact.participants.find((one) => one.role === "owner");
  const customer = customerOf(contact);
  const joined = contact.my_role === "joined";
  const reading = owner
    ? t("reading_with", { agent: both(owner.name), customer })
    : t("reading", { customer });
  return (
    <div class="who grow" role="status">
      <b class="fw6">{joined ? t("in_talk", { customer }) : reading}</b>
      <div class="sub">
        {t(joined ? "seen_now" : "unseen")}
        {contact.queue_id && ` · ${queueName(contact.queue_id)}`}
      </div>
    </div>
  );
}

interface ControlProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  end?: boolean;
}

function Control({ icon, label, onClick, end }: ControlProps) {
  return (
    <button type="button" class={end ? "cbtn cbtn-end" : "cbtn"} onClick={onClick}>
      <Icon name={icon} size={18} />
      {label}
    </button>
  );
}
