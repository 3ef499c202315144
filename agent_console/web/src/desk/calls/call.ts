/** What a call says about itself; pure. */
import type { CallAbility, CallView, LegView, LineQuality } from "../../contract.ts";

/** So long a customer may hear music before the agent is reminded. */
export const HOLD_REMINDER_SECONDS = 60;
/** Quieter is silence. */
const VOICE = 0.08;

const isLive = (leg: LegView): boolean => leg.state !== "ended";

export const can = (call: CallView, ability: CallAbility): boolean =>
  call.abilities.includes(ability);

export const customerLeg = (call: CallView): LegView | null =>
  call.legs.find((leg) => leg.kind === "customer" && isLive(leg)) ?? null;

export const myLeg = (call: CallView): LegView | null =>
  call.legs.find((leg) => leg.is_mine && isLive(leg)) ?? null;

/** Colleagues and outside people who talk; who only listens is not part of the talk. */
export const guests = (call: CallView): LegView[] =>
  call.legs.filter(
    (leg) => !leg.is_mine && leg.kind !== "customer" && isLive(leg) && leg.role === "talk",
  );

export const isMuted = (call: CallView): boolean => myLeg(call)?.muted ?? false;

/** The customer hears music, whatever the reason. */
export const isHeld = (call: CallView): boolean => customerLeg(call)?.on_hold ?? false;

/** Everybody hears everybody: three or more who talk, nobody held. */
export const isConference = (call: CallView): boolean =>
  guests(call).some((leg) => leg.state === "up" && !leg.on_hold) && !isHeld(call);

/** Whole seconds on hold beyond what a customer should wait; null: not yet. */
export function overHold(call: CallView, now: number): number | null {
  if (!isHeld(call) || call.held_since === null) return null;
  const seconds = now - call.held_since;
  return seconds >= HOLD_REMINDER_SECONDS ? Math.floor(seconds) : null;
}

export type Line = "good" | "weak" | "bad";

/** In the words of people: from 3.6 on nobody complains, under 2.8 words are lost. */
export function lineOf(quality: LineQuality): Line {
  if (quality.mos < 2.8 || quality.loss_ratio > 0.08) return "bad";
  return quality.mos < 3.6 || quality.loss_ratio > 0.03 ? "weak" : "good";
}

export type Speaking = "nobody" | "me" | "them";

export function speaking(mine: number, theirs: number, muted: boolean): Speaking {
  if (theirs >= VOICE && theirs >= mine) return "them";
  return mine >= VOICE && !muted ? "me" : "nobody";
}

/** "04:36": time of a call or place in it. */
export function callTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
