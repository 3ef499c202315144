import { signal } from "@preact/signals";
import { Fragment } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { shortcuts, useShortcuts, type Shortcut } from "../../keys/shortcuts.ts";
import { Icon, Kbd } from "../../ui/index.ts";
import { useCalls } from "../calls/palette.ts";
import { chosen, titleOf } from "../model/store.ts";
import { t } from "../texts.ts";

const open = signal(false);
export const openPalette = (): void => {
  open.value = true;
};

interface Row {
  id: string;
  label: string;
  about?: string;
  keys?: string;
  run: () => void;
}

/** Everything that has a key, found by name, and whom to call: Ctrl K, some letters, Enter. */
export function Palette() {
  useShortcuts([{ keys: "Mod+KeyK", label: t("run_command"), run: openPalette }]);
  return open.value ? <Opened /> : null;
}

function Opened() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [word, setWord] = useState("");
  const [at, setAt] = useState(0);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    dialog.current?.close();
    open.value = false;
  };
  const wanted = word.trim().toLowerCase();
  const calls = useCalls(word);
  const found: Row[] = [...calls.entries, ...shortcuts.value.filter(named(wanted)).map(asRow)];
  const run = (one: Row | undefined): void => {
    if (!one) return;
    close();
    one.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(found.length, 1));
    else if (event.key === "ArrowUp") setAt((at - 1 + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  const one = chosen.value;
  return (
    <dialog ref={dialog} class="dialog palette" aria-label={t("run_command")} onClose={close}>
      <div class="palette-in">
        <Icon name="search" size={18} class="t3" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[at] ? `palette-${at}` : undefined}
          aria-label={t("run_command")}
          placeholder={t("run_command")}
          value={word}
          onInput={(event) => {
            setWord(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div class="palette-list" id="palette-list" role="listbox" aria-label={t("run_command")}>
        {found.map((entry, index) => (
          <Fragment key={entry.id}>
            {one && index === calls.entries.length && (
              <div class="menu-h">{t("talk_with", { name: titleOf(one) })}</div>
            )}
            <Option row={entry} index={index} isAt={index === at} onPick={() => run(entry)} />
          </Fragment>
        ))}
        {found.length === 0 && !calls.said && <p class="menu-h">{t("nothing_found")}</p>}
      </div>
      <p class="palette-said" role="status">
        {calls.said || (calls.canDial && t("palette_calls"))}
      </p>
      <Foot />
    </dialog>
  );
}

interface OptionProps {
  row: Row;
  index: number;
  isAt: boolean;
  onPick: () => void;
}

const Option = ({ row, index, isAt, onPick }: OptionProps) => (
  <div id={`palette-${index}`} class="menu-i" role="option" aria-selected={isAt} onClick={onPick}>
    <span class="grow">
      {row.label} {row.about && <span class="t3 tnum">{row.about}</span>}
    </span>
    {row.keys && <Kbd keys={row.keys} />}
  </div>
);

const named =
  (wanted: string) =>
  (one: Shortcut): boolean =>
    one.keys !== "Mod+KeyK" && one.label.toLowerCase().includes(wanted);

const asRow = ({ keys, label, run }: Shortcut): Row => ({
  id: `${keys} ${label}`,
  label,
  keys,
  run,
});

const Foot = () => (
  <div class="palette-f">
    <span>
      <kbd>↑</kbd>
      <kbd>↓</kbd> {t("move")}
    </span>
    <span>
      <kbd>↵</kbd> {t("run")}
    </span>
    <span>
      <kbd>Esc</kbd> {t("close")}
    </span>
  </div>
);
