import type { CallView, ContactView } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { ariaKeys, showKeys } from "../../keys/combo.ts";
import { tick } from "../../lib/clock.ts";
import { phone } from "../../softphone/phone.ts";
import { Icon, type IconName } from "../../ui/index.ts";
import {
  callDialog,
  endCall,
  leaveCall,
  muteWish,
  toggleHold,
  toggleMute,
  type GoalDialogKind,
} from "./acts.ts";
import { callTime, can, isHeld, isMuted, lineOf, speaking } from "./call.ts";
import { t } from "./texts.ts";
import { Wave } from "./Wave.tsx";

interface BarProps {
  contact: ContactView;
  call: CallView;
}

type Asking = GoalDialogKind | "keypad";
const ask = (what: Asking) => (): void => {
  callDialog.value = what;
};

/** Controls of a call, always in the same order; what the line cannot do is not there. */
export function CallBar({ contact, call }: BarProps) {
  const mine = contact.my_role === "owner";
  const talking = call.state !== "connecting" && call.state !== "ended";
  const controls = mine ? ownerControls(contact, call, talking) : guestControls(contact, call);
  useShortcuts(controls.map(({ keys, label, run }) => ({ keys, label, run })));
  return (
    <div class="callbar" role="toolbar" aria-label={t("call_controls")}>
      <div class="who grow">
        <div class="row">
          <CallTimer call={call} />
          <Wave muted={isMuted(call)} held={isHeld(call)} />
        </div>
        <Says call={call} />
      </div>
      {controls.map((one) => (
        <Control key={one.id} {...one} contactId={contact.id} />
      ))}
    </div>
  );
}

interface ControlProps {
  id: string;
  icon: IconName;
  label: string;
  keys: string;
  pressed?: boolean;
  end?: boolean;
  run: () => void;
}

function ownerControls(contact: ContactView, call: CallView, talking: boolean): ControlProps[] {
  const dialog = (what: Asking, icon: IconName, keys: string): ControlProps => ({
    id: what,
    icon,
    label: t(what),
    keys,
    run: ask(what),
  });
  const list: ControlProps[] = [];
  if (talking) {
    list.push(muteControl(contact, call));
    if (can(call, "hold")) list.push(holdControl(contact, call));
    list.push(dialog("keypad", "keypad", "Alt+KeyK"));
    if (call.state !== "consulting") list.push(dialog("consult", "consult", "Alt+KeyC"));
    list.push(dialog("transfer", "transfer", "Alt+KeyT"));
    if (can(call, "conference")) list.push(dialog("add", "user-plus", "Alt+Shift+KeyA"));
  }
  const run = (): void => endCall(contact);
  const keys = "Alt+Shift+KeyE";
  return [...list, { id: "end", icon: "phone-off", label: t("end_call"), keys, end: true, run }];
}

/** Who was asked for advice, or has joined: may be silent and may go. */
function guestControls(contact: ContactView, call: CallView): ControlProps[] {
  const run = (): void => leaveCall(contact);
  const keys = "Alt+Shift+KeyE";
  return [
    muteControl(contact, call),
    { id: "end", icon: "phone-off", label: t("leave_call"), keys, end: true, run },
  ];
}

function muteControl(contact: ContactView, call: CallView): ControlProps {
  const muted = muteWish.value ?? isMuted(call);
  return {
    id: "mute",
    icon: muted ? "mic-off" : "mic",
    label: t(muted ? "unmute" : "mute"),
    keys: "Alt+KeyM",
    pressed: muted,
    run: () => toggleMute(contact, call),
  };
}

function holdControl(contact: ContactView, call: CallView): ControlProps {
  const held = isHeld(call);
  return {
    id: "hold",
    icon: held ? "play" : "pause",
    label: t(held ? "resume" : "hold"),
    keys: "Alt+KeyH",
    pressed: held,
    run: () => toggleHold(contact, call),
  };
}

function Control(props: ControlProps & { contactId: string }) {
  const { id, icon, label, keys, pressed, end, run, contactId } = props;
  return (
    <button
      type="button"
      class={end ? "cbtn cbtn-end" : "cbtn"}
      id={`call-${id}`}
      data-for={contactId}
      aria-pressed={pressed}
      aria-keyshortcuts={ariaKeys(keys)}
      title={`${label} (${showKeys(keys)})`}
      onClick={run}
    >
      <Icon name={icon} size={18} />
      {label}
    </button>
  );
}

function CallTimer({ call }: { call: CallView }) {
  const since = call.talking_since ?? call.started_at;
  return (
    <b class="timer t20 fw6" role="timer" aria-live="off" aria-label={t("call_time")}>
      {callTime(tick.value - since)}
    </b>
  );
}

/** Who speaks and how the line is; the state while nobody can speak yet. */
function Says({ call }: { call: CallView }) {
  const quality = phone.quality.value ?? call.quality;
  const parts = [stateWord(call), quality ? t(`line_${lineOf(quality)}`) : ""];
  return (
    <div class="sub nowrap" role="status" aria-live="off">
      {parts.filter(Boolean).join(" · ")}
    </div>
  );
}

function stateWord(call: CallView): string {
  if (call.state === "connecting") return t("state_connecting");
  if (call.state === "ended") return t("state_ended");
  if (call.state === "consulting") return t("state_consulting");
  if (isHeld(call)) return t("state_held");
  if (isMuted(call)) return t("state_muted");
  return t(`speaks_${speaking(phone.mine.value, phone.theirs.value, isMuted(call))}`);
}
