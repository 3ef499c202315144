/** Microphone and loudspeakers of this computer: which are chosen, and what becomes of a headset
 * that is unplugged. The browser's own names of devices are kept in this browser alone. */
import { signal, type Signal } from "@preact/signals";
import { recall, remember } from "../lib/memory.ts";

export type Use = "microphone" | "speaker" | "ringer";
export interface Device {
  id: string;
  label: string;
}

const KIND: Record<Use, MediaDeviceKind> = {
  microphone: "audioinput",
  speaker: "audiooutput",
  ringer: "audiooutput",
};

function kept(use: Use): Signal<string> {
  const key = `phone.${use}`;
  const chosen = signal(recall(key) ?? "");
  chosen.subscribe((id) => remember(key, id || null));
  return chosen;
}

/** The chosen device per use; empty: the one the system uses. */
export const chosenDevice: Record<Use, Signal<string>> = {
  microphone: kept("microphone"),
  speaker: kept("speaker"),
  ringer: kept("ringer"),
};

export const devices = signal<Record<Use, Device[]>>({ microphone: [], speaker: [], ringer: [] });

export async function listDevices(): Promise<void> {
  const found = await navigator.mediaDevices.enumerateDevices();
  const of = (use: Use): Device[] =>
    found
      .filter((one) => one.kind === KIND[use] && one.deviceId !== "" && one.label !== "")
      .map((one) => ({ id: one.deviceId, label: one.label }));
  devices.value = { microphone: of("microphone"), speaker: of("speaker"), ringer: of("ringer") };
}

/** The name of what is used now; empty when the browser does not tell. */
export function deviceName(use: Use): string {
  const list = devices.value[use];
  const chosen = chosenDevice[use].value;
  return (list.find((one) => one.id === chosen) ?? list[0])?.label ?? "";
}

const WISHES: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** Open the chosen microphone; one that is not there any more gives way to the system's. */
export async function openMicrophone(): Promise<MediaStream> {
  const wanted = chosenDevice.microphone.peek();
  const open = (audio: MediaTrackConstraints): Promise<MediaStream> =>
    navigator.mediaDevices.getUserMedia({ audio });
  if (!wanted) return open(WISHES);
  try {
    return await open({ ...WISHES, deviceId: { exact: wanted } });
  } catch (error) {
    if (!isGone(error)) throw error;
    return open(WISHES);
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === "OverconstrainedError" || error.name === "NotFoundError");

export const isRefused = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === "NotAllowedError" || error.name === "NotFoundError");

/** Hear when devices come or go, until the returned function is called. */
export function watchDevices(changed: () => void): () => void {
  const onChange = (): void => void listDevices().then(changed);
  navigator.mediaDevices.addEventListener("devicechange", onChange);
  return () => navigator.mediaDevices.removeEventListener("devicechange", onChange);
}
