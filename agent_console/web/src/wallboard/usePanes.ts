/** F6 goes from part to part of the page; the parts are the labelled regions. */
import { useShortcuts } from "../keys/shortcuts.ts";
import { t } from "./texts.ts";

const PARTS = "[data-part]";

function go(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>(PARTS)];
  const here = parts.findIndex((one) => one.contains(document.activeElement));
  const from = here === -1 && step === -1 ? 0 : here;
  parts[(from + step + parts.length) % parts.length]?.focus();
}

export function usePanes(): void {
  useShortcuts([
    { keys: "F6", label: t("next_pane"), run: () => go(1) },
    { keys: "Shift+F6", label: t("previous_pane"), run: () => go(-1) },
  ]);
}
