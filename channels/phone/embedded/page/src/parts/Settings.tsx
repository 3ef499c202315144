/** Which microphone, and how loud. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Line } from "../line.ts";
import { microphone, t, volume } from "../page.ts";

const isOpen = signal(false);
const devices = signal<readonly MediaDeviceInfo[]>([]);

/** Show the settings; the browser names devices only after the microphone was allowed. */
export function openSettings(): void {
  isOpen.value = true;
  void navigator.mediaDevices
    ?.enumerateDevices()
    .then((found) => (devices.value = found.filter((one) => one.kind === "audioinput")));
}

export function Settings({ line }: { line: Line }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = isOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const choose = (deviceId: string): void => {
    microphone.value = deviceId;
    void line.useMicrophone(deviceId);
  };
  const set = (level: number): void => {
    volume.value = level;
    line.volume(level);
  };
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="sound"
      onClose={() => (isOpen.value = false)}
    >
      <h2 id="sound">{t("settings")}</h2>
      <label class="field">
        {t("microphone")}
        <select value={microphone.value} onChange={(e) => choose(e.currentTarget.value)}>
          <option value="">{t("usual")}</option>
          {devices.value
            .filter((one) => one.deviceId && one.deviceId !== "default")
            .map((one) => (
              <option key={one.deviceId} value={one.deviceId}>
                {one.label || one.deviceId.slice(0, 8)}
              </option>
            ))}
        </select>
      </label>
      <label class="field">
        {t("volume")}
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          value={volume.value}
          onInput={(e) => set(Number(e.currentTarget.value))}
        />
      </label>
      <button type="button" class="btn" onClick={() => (isOpen.value = false)}>
        {t("close")}
      </button>
    </dialog>
  );
}
