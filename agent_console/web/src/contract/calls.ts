/** A phone call as a viewer has it: the `call` of a contact on the channel `phone`. */
import type { Both, Lang } from "./words.ts";

export interface CallView {
  state: "ivr" | "waiting" | "connecting" | "talking" | "held" | "consulting" | "ended";
  started_at: number;
  talking_since: number | null; // customer and agent together, for the first time
  held_since: number | null; // the customer hears music
  number: string | null; // masked; null: withheld; empty: from the bank's own page
  number_is: "" | "bank" | "saved" | "new"; // in the Customer's record; empty: nobody's, or none
  called: string; // the number of ours, masked
  legs: LegView[];
  recording: RecordingState;
  path: PathStep[];
  quality: LineQuality | null;
  /** It broke and was not ended by anybody: offer to call back. */
  dropped: boolean;
  threat: boolean;
  abilities: CallAbility[];
}

/** What an engine may lack; pages hide what is not there. */
export type CallAbility =
  | "coach"
  | "hold"
  | "conference"
  | "recording"
  | "recording_pause"
  | "speech"
  | "dial_out"
  | "softphone";

export interface LegView {
  id: string;
  kind: "customer" | "agent" | "supervisor" | "outside";
  name: Both | null; // of staff
  number: string | null; // masked
  part: string; // of somebody outside: interpreter, attorney, branch, other
  state: "dialled" | "ringing" | "up" | "ended";
  role: "talk" | "listen" | "coach";
  on_hold: boolean;
  muted: boolean;
  is_mine: boolean;
  since: number;
}

export interface RecordingState {
  id: string | null;
  state: "on" | "paused" | "refused" | "off";
}

/** A step through the phone menu: what was pressed or said, and what it meant. */
export interface PathStep {
  keys: string;
  label: Both | string;
  words: string;
  at: number;
}

/** How the line is: mean opinion score 1 to 5, loss 0 to 1, jitter in seconds. */
export interface LineQuality {
  mos: number;
  loss_ratio: number;
  jitter_seconds: number;
}

/** What agents choose from when they call somebody. */
export interface CallSetup {
  numbers: Array<{ number: string; name: Both }>; // ours, to call from
  directory: Array<{ number: string; name: Both }>; // outside
  flows: Array<{ code: string; label: Both }>; // menus a call may be sent to and comes back from
}

/** What the agent's page needs to be called (`POST /api/softphone`). */
export interface SoftphoneGrant {
  driver: string;
  token: string;
  expires_at: number;
  endpoints: string[];
}

/** A recording or voicemail of a contact (`GET /api/recordings?contact_id=`). */
export interface RecordingView {
  id: string;
  kind: "call" | "voicemail";
  state: string;
  started_at: number;
  seconds: number | null;
  paused: Array<[number, number]>; // spans in seconds of the call that are not in it
  legal_hold: boolean;
  href: string | null; // short-lived; null: it cannot be heard
}

/** Somebody who waits to be called (`GET /api/callers`); it is a task. */
export interface CallerView {
  id: string; // of the task
  contact_id: string | null;
  kind: "abandoned_call" | "voicemail" | "callback";
  title: string;
  title_zh: string;
  number: string | null; // masked
  queue_id: string | null;
  language: Lang;
  at: number;
  due_at: number | null;
  waited_seconds: number | null;
  message_seconds: number | null; // of a voicemail
  claimed_by: { agent_id: string; name: Both } | null;
  is_closed: boolean; // a colleague's record: supervisors only
}
