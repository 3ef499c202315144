import { signal } from "@preact/signals";
import { t } from "../i18n/common.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { shortcuts, useShortcuts } from "./shortcuts.ts";

const open = signal(false);

export function showShortcuts(): void {
  open.value = true;
}

/** The list behind "?" and Ctrl /. Put it once in a page. */
export function ShortcutList() {
  const label = t("shortcut_list");
  useShortcuts([
    { keys: "Shift+Slash", label, run: showShortcuts, outsideText: true },
    { keys: "Mod+Slash", label, run: showShortcuts },
  ]);
  if (!open.value) return null;
  return (
    <Dialog title={t("shortcuts")} onClose={() => (open.value = false)}>
      <dl class="kbd-list">
        {shortcuts.value.map((one) => (
          <>
            <dt>{one.label}</dt>
            <dd>
              <Kbd keys={one.keys} />
            </dd>
          </>
        ))}
      </dl>
    </Dialog>
  );
}
