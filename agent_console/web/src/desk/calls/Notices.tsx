import { useEffect } from "preact/hooks";
import type { CallView, ContactView } from "../../contract.ts";
import { tick } from "../../lib/clock.ts";
import { phone } from "../../softphone/phone.ts";
import { Banner, Button } from "../../ui/index.ts";
import { riskSound } from "../model/sound.ts";
import { titleOf } from "../model/store.ts";
import { callBack, toggleHold } from "./acts.ts";
import { callTime, myLeg, overHold } from "./call.ts";
import { startPhone } from "./ready.ts";
import { t } from "./texts.ts";

interface NoticeProps {
  contact: ContactView;
  call: CallView;
}

/** What a call asks of its agent: a long hold, a lost line, a voice that cannot be heard. */
export function Notices({ contact, call }: NoticeProps) {
  return (
    <>
      <HoldReminder contact={contact} call={call} />
      <PhoneAway call={call} />
      <OutsideRings call={call} />
      {call.threat && (
        <Banner tone="bad" icon="alert">
          {t("threat_on")}
        </Banner>
      )}
      <Dropped contact={contact} call={call} />
    </>
  );
}

function HoldReminder({ contact, call }: NoticeProps) {
  const seconds = overHold(call, tick.value);
  const isLong = seconds !== null;
  useEffect(() => {
    if (isLong) riskSound();
  }, [isLong]);
  if (seconds === null || contact.my_role !== "owner") return null;
  return (
    <Banner tone="risk" icon="clock">
      <span class="grow">
        <span role="alert">{t("hold_long", { name: titleOf(contact) })}</span>{" "}
        <b class="tnum">{callTime(seconds)}</b>
      </span>
      <Button size="s" icon="play" onClick={() => toggleHold(contact, call)}>
        {t("resume")}
      </Button>
    </Banner>
  );
}

/** The sound of this page is away while the call goes on. */
function PhoneAway({ call }: { call: CallView }) {
  const state = phone.state.value;
  const elsewhere = myLeg(call)?.number ?? null; // an outside phone is this agent's device
  if (call.state === "ended" || elsewhere || state === "in_call" || state === "up") return null;
  if (state === "down") {
    return (
      <Banner tone="bad" icon="headset">
        <span class="grow">{t("phone_off")}</span>
        <Button size="s" onClick={startPhone}>
          {t("phone_here")}
        </Button>
      </Banner>
    );
  }
  if (state === "blocked") {
    return (
      <Banner tone="bad" icon="mic-off">
        {t("mic_blocked")}
      </Banner>
    );
  }
  if (state === "elsewhere") {
    return (
      <Banner tone="risk" icon="headset">
        <span class="grow">{t("phone_elsewhere")}</span>
        <Button size="s" onClick={() => (phone.stop(), phone.start())}>
          {t("phone_here")}
        </Button>
      </Banner>
    );
  }
  return (
    <Banner tone="risk" icon="headset">
      <span role="status">{t("phone_reconnecting")}</span>
    </Banner>
  );
}

/** The agent's own telephone rings: a key takes the call, so that no mailbox does. */
function OutsideRings({ call }: { call: CallView }) {
  const mine = myLeg(call);
  if (!mine?.number || mine.state === "up") return null;
  return (
    <Banner tone="info" icon="phone">
      <span role="status">{t("outside_rings", { number: mine.number })}</span>
    </Banner>
  );
}

export function Dropped({ contact, call }: NoticeProps) {
  if (!call.dropped) return null;
  return (
    <Banner tone="bad" icon="phone-off">
      <span class="grow" role="alert">
        {t("dropped")}
      </span>
      <Button size="s" kind="primary" icon="phone" onClick={() => void callBack(contact)}>
        {t("call_back_now")}
      </Button>
    </Banner>
  );
}
