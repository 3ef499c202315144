import { useState } from "preact/hooks";
import type { ContactView, OutgoingView } from "../../contract.ts";
import { both, exactTime, htmlLang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { tick } from "../../lib/clock.ts";
import { Badge, Button, Icon } from "../../ui/index.ts";
import { me, messagesOf } from "../model/store.ts";
import { moveTo, sendNow, takeBack } from "./acts.ts";
import { LaterDialog } from "./Later.tsx";
import { stoppedWord } from "./stopped.ts";
import { t } from "./texts.ts";
import "./outgoing.css";

const UNDO_KEYS = "Alt+KeyZ";

/** Below the talk: our words that have not left. They can be taken back, sent now, or moved. */
export function Outgoing({ contact }: { contact: ContactView }) {
  const waiting = contact.outgoing ?? [];
  const newest = waiting.findLast((one) => !one.scheduled && one.state === "waiting");
  useShortcuts(
    newest && maySpeak(contact)
      ? [{ keys: UNDO_KEYS, label: t("undo_long"), run: () => void takeBack(contact, newest) }]
      : [],
  );
  return (
    <>
      {waiting.map((one) => (
        <Waiting key={one.id} contact={contact} one={one} isNewest={one === newest} />
      ))}
    </>
  );
}

const maySpeak = ({ my_role: role, state }: ContactView): boolean =>
  state === "assigned" && (role === "owner" || role === "joined");

interface WaitingProps {
  contact: ContactView;
  one: OutgoingView;
  isNewest: boolean;
}

function Waiting({ contact, one, isNewest }: WaitingProps) {
  return (
    <section
      class={`letter letter-ours outgoing ${one.state === "stopped" ? "is-stopped" : ""}`}
      aria-label={t("waits_to_leave")}
      data-outgoing={one.state}
    >
      <header class="row wrap">
        <Icon name={one.state === "stopped" ? "alert" : one.scheduled ? "calendar" : "clock"} />
        <State one={one} />
        {one.agent_id !== me.value?.id && one.name && <Badge tone="line">{both(one.name)}</Badge>}
      </header>
      {one.state === "waiting" && one.scheduled && hasWritten(contact, one) && (
        <p class="t12 risk" role="status">
          {t("will_stop")}
        </p>
      )}
      <Told one={one} />
      <div class="letter-t" lang={htmlLang(one.language ?? contact.language)} dir="auto">
        {one.text}
      </div>
      {one.files.length > 0 && <p class="t12 t2">{one.files.join(", ")}</p>}
      {maySpeak(contact) && <Acts contact={contact} one={one} isNewest={isNewest} />}
    </section>
  );
}

/** The customer has said something since: it will not leave by itself. */
const hasWritten = (contact: ContactView, one: OutgoingView): boolean =>
  messagesOf(contact).some((said) => said.speaker === "customer" && said.seq > one.heard_seq);

function State({ one }: { one: OutgoingView }) {
  if (one.state === "stopped") {
    return (
      <b class="breach" role="status">
        {t(stoppedWord(one.why))}
      </b>
    );
  }
  if (one.scheduled) return <b>{t("leaves_at", { time: exactTime(one.leaves_at) })}</b>;
  return (
    <>
      <span class="sr" role="status">
        {t("leaves_soon")}
      </span>
      <LeavesIn at={one.leaves_at} />
    </>
  );
}

/** Reads the tick itself: nothing around it is drawn again. */
function LeavesIn({ at }: { at: number }) {
  const seconds = Math.max(0, Math.ceil(at - tick.value));
  return (
    <b class="tnum" role="timer" aria-live="off">
      {seconds > 0 ? t("leaves_in", { count: seconds }) : t("leaves_now")}
    </b>
  );
}

function Told({ one }: { one: OutgoingView }) {
  if (!one.letter) return null;
  const { subject, to, cc, bcc } = one.letter;
  const copies = [...cc, ...bcc];
  return (
    <p class="t12 t3 outgoing-head" dir="auto">
      {t(one.kind === "forward" ? "passed_to" : "goes_to", { to: to.join(", ") })}
      {copies.length > 0 && ` ${t("and_copies", { copies: copies.join(", ") })}`}
      {subject && <span class="outgoing-s">{subject}</span>}
    </p>
  );
}

function Acts({ contact, one, isNewest }: WaitingProps) {
  const [moving, setMoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    await act();
    setBusy(false);
  };
  const isUndo = !one.scheduled && one.state === "waiting";
  return (
    <div class="row wrap">
      <Button
        size="s"
        icon={isUndo ? "reply" : "edit"}
        disabled={busy}
        {...(isNewest ? { "aria-keyshortcuts": "Alt+Z", title: "Alt Z" } : {})}
        onClick={() => void run(() => takeBack(contact, one))}
      >
        {t(isUndo ? "undo" : "take_back")}
      </Button>
      {!isUndo && (
        <Button size="s" icon="clock" disabled={busy} onClick={() => setMoving(true)}>
          {t("change_time")}
        </Button>
      )}
      <Button
        size="s"
        kind="ghost"
        icon="send"
        disabled={busy}
        onClick={() => void run(() => sendNow(contact, one))}
      >
        {t("send_now")}
      </Button>
      {moving && (
        <LaterDialog
          at={one.leaves_at}
          onClose={() => setMoving(false)}
          onPick={async (at) => {
            if (await moveTo(contact, one, at)) setMoving(false);
          }}
        />
      )}
    </div>
  );
}
