/** What the desk needs of a softphone, whoever carries the voice. Call control is the hub's: a
 * softphone is a microphone and a loudspeaker that stay connected during the shift. */
import type { LineQuality, SoftphoneGrant } from "../contract.ts";

export type PhoneState =
  | "down"
  | "connecting"
  | "up" // connected, nobody on the line
  | "in_call"
  /** The browser does not give the microphone. */
  | "blocked"
  /** A newer page of the same person has the phone. */
  | "elsewhere";

export interface PhoneListener {
  state(now: PhoneState): void;
  quality(now: LineQuality): void;
  /** How loud the far end is, 0 to 1. */
  heard(level: number): void;
  /** The connection is gone for good; a new grant and a new driver are needed. */
  lost(): void;
}

export interface Softphone {
  /** Connect and stay connected; rejects when it cannot. */
  up(grant: SoftphoneGrant, microphone: MediaStream): Promise<void>;
  down(): void;
  /** Another microphone, without a break of the call. */
  useMicrophone(stream: MediaStream): Promise<void>;
  useSpeaker(deviceId: string): Promise<void>;
  /** The microphone gives silence. */
  setMuted(on: boolean): void;
  /** A new token for the same connection. */
  renew(grant: SoftphoneGrant): void;
}

export type MakeSoftphone = (listener: PhoneListener) => Softphone;

/** Drivers by the name in the grant; each is fetched when it is first needed. */
export const DRIVERS: Readonly<Record<string, () => Promise<MakeSoftphone>>> = {
  "hub-webrtc": async () => (await import("./webrtc/driver.ts")).hubSoftphone,
  twilio: async () => (await import("./twilio/driver.ts")).twilioSoftphone,
};
