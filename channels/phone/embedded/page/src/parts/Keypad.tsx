/** The keys of a telephone, by finger, by mouse and by keyboard. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../page.ts";

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

export function Keypad({ press }: { press: (key: string) => void }): JSX.Element {
  return (
    <div class="pad" role="group" aria-label={t("keypad")}>
      {KEYS.map(([key, letters]) => (
        <button type="button" key={key} aria-label={nameOf(key)} onClick={() => press(key)}>
          {key}
          <small aria-hidden="true">{letters}</small>
        </button>
      ))}
    </div>
  );
}

/** While a call is on, the keys of the keyboard are those of the telephone. */
export function useKeyboard(press: (key: string) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isField = (event.target as Element).closest("input, select, textarea") !== null;
      if (isField || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (/^[0-9*#]$/.test(event.key)) press(event.key);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [press]);
}

/** Digits are named by what is on them. */
const nameOf = (key: string): string | undefined =>
  key === "*" ? t("star") : key === "#" ? t("hash") : undefined;
