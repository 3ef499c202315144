import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { Dialog } from "../../ui/index.ts";
import { sendDigits } from "./acts.ts";
import { t } from "./texts.ts";

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
];

/** Keys towards the far end; the digits of the keyboard press them too. */
export function Keypad({ contact, onClose }: { contact: ContactView; onClose: () => void }) {
  const [sent, setSent] = useState("");
  const press = (digit: string): void => {
    void sendDigits(contact, digit).then((ok) => {
      if (ok) setSent((before) => `${before}${digit}`.slice(-20));
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!KEYS.some(([digit]) => digit === event.key)) return;
    event.preventDefault();
    press(event.key);
  };
  return (
    <Dialog title={t("keypad")} size="s" onClose={onClose}>
      <div onKeyDown={onKeyDown}>
        <output class="pad-sent mono" aria-label={t("keys_sent")}>
          {sent || "\u00a0"}
        </output>
        <div class="pad">
          {KEYS.map(([digit, letters], index) => (
            <button
              key={digit}
              type="button"
              autoFocus={index === 0}
              onClick={() => press(digit)}
            >
              {digit}
              <small aria-hidden="true">{letters}</small>
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
