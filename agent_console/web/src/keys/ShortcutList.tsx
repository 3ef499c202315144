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
        {[...byLabel()].map(([label, keys]) => (
          <>
            <dt>{label}</dt>
            <dd>
              {keys.map((one) => (
                <Kbd key={one} keys={one} />
              ))}
            </dd>
          </>
        ))}
      </dl>
    </Dialog>
  );
}

/** What does the same stands once, with all its keys. */
function byLabel(): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const { label, keys } of shortcuts.value) {
    lines.set(label, [...(lines.get(label) ?? []), keys]);
  }
  return lines;
}
