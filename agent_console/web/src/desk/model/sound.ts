/** Soft tones made here, no files. Browsers allow sound after the first key or click. */
import { chosenDevice } from "../../softphone/microphone.ts";
import { phone } from "../../softphone/phone.ts";
import { sounds } from "./settings.ts";

let context: AudioContext | null = null;

/** Call once; opens the sound with the person's first act. */
export function armSounds(): void {
  const open = (): void => {
    if (!navigator.userActivation.hasBeenActive) return;
    context ??= new AudioContext();
    void context.resume();
    removeEventListener("pointerup", open);
    removeEventListener("keyup", open);
  };
  addEventListener("pointerup", open);
  addEventListener("keyup", open);
}

/** A ring cannot be turned off: nobody else hears it. */
function tone(
  hertz: number,
  startSeconds: number,
  seconds: number,
  loudness: number,
  ring = false,
): void {
  if (!context || context.state !== "running" || (sounds.value === "off" && !ring)) return;
  const start = context.currentTime + startSeconds;
  const voice = context.createOscillator();
  const gain = context.createGain();
  voice.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  voice.connect(gain).connect(context.destination);
  voice.start(start);
  voice.stop(start + seconds);
}

const OFFER: Record<string, [number, number]> = { phone: [523, 784], email: [440, 554] };

/** Two tones for an offer, their pitch by channel; a quiet tick while a call is on the ear. */
export function offerSound(channel: string): void {
  if (phone.state.peek() === "in_call") return tone(1200, 0, 0.06, 0.03);
  const [low, high] = OFFER[channel] ?? [587, 880];
  const ring = channel === "phone";
  if (ring) void ringOn(chosenDevice.ringer.peek());
  tone(low, 0, 0.25, 0.12, ring);
  tone(high, 0.18, 0.4, 0.12, ring);
}

/** The ring has a loudspeaker of its own where the browser can choose one. */
async function ringOn(deviceId: string): Promise<void> {
  const ringing: (AudioContext & { setSinkId?: (id: string) => Promise<void> }) | null = context;
  await ringing?.setSinkId?.(deviceId).catch(() => undefined);
}

/** A short tick: a message in a contact that is not on screen. */
export const messageSound = (): void => tone(1200, 0, 0.06, 0.05);

/** A lower tone: a promise is at risk. */
export const riskSound = (): void => tone(311, 0, 0.35, 0.08);

/** Two lower tones: a promise is broken. */
export function lateSound(): void {
  tone(311, 0, 0.3, 0.12);
  tone(247, 0.32, 0.5, 0.12);
}
