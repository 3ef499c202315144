/** The chosen microphone while the check is open: its level, and why there is none. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { watchLevel } from "../level.ts";
import {
  chosenDevice,
  isRefused,
  listDevices,
  openMicrophone,
  watchDevices,
} from "../microphone.ts";

export type Heard = "asking" | "quiet" | "heard" | "refused" | "failed";

/** Louder than this is a voice. */
const VOICE = 0.15;

export function useMicrophone(): { level: Signal<number>; heard: Signal<Heard> } {
  const level = useSignal(0);
  const heard = useSignal<Heard>("asking");
  const turn = useSignal(0);
  const wanted = chosenDevice.microphone.value;
  useEffect(() => watchDevices(() => (turn.value += 1)), []);
  useEffect(() => {
    let isHere = true;
    let stop: () => void = () => undefined;
    const open = async (): Promise<void> => {
      try {
        const stream = await openMicrophone();
        const end = (): void => stream.getTracks().forEach((track) => track.stop());
        if (!isHere) return end();
        await listDevices();
        heard.value = "quiet";
        const quiet = watchLevel(stream, (now) => {
          level.value = now;
          if (now >= VOICE) heard.value = "heard";
        });
        stop = () => {
          quiet();
          end();
        };
        if (!isHere) stop();
      } catch (error) {
        if (isHere) heard.value = isRefused(error) ? "refused" : "failed";
      }
    };
    void open();
    return () => {
      isHere = false;
      stop();
    };
  }, [wanted, turn.value]);
  return { level, heard };
}
