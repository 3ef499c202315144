import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ariaKeys } from "../keys/combo.ts";
import { useShortcuts } from "../keys/shortcuts.ts";
import { place } from "./place.ts";
import { focusChild, moved } from "./roving.ts";

export interface MenuItem {
  id: string;
  label: ComponentChildren;
  /** Shown before the label: an icon or a dot. */
  mark?: ComponentChildren;
  /** Shown after the label. */
  hint?: ComponentChildren;
  /** A heading above this item. */
  heading?: string;
  checked?: boolean;
  onPick: () => void;
}

interface MenuProps {
  /** Content of the button. */
  children: ComponentChildren;
  label: string;
  title?: string;
  /** The content of the button is its name; `label` names only the menu. */
  named?: boolean;
  class: string;
  /** A function is asked only while the menu is open. */
  items: readonly MenuItem[] | (() => readonly MenuItem[]);
  /** Opens the menu from anywhere. */
  keys?: string;
  /** Items answer to the digits 1 to 9. */
  digits?: boolean;
}

/** A button with a menu: arrows, Home, End, digits, Escape; focus returns to the button. */
export function Menu(props: MenuProps) {
  const { children, label, title, items, keys, digits = false } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  useShortcuts(keys ? [{ keys, label: title ?? label, run: () => setOpen(true) }] : []);
  useEffect(() => {
    if (!open || !menu.current || !button.current) return;
    menu.current.showPopover();
    place(menu.current, button.current);
    focusChild(menu.current, 0, '[role^="menuitem"]');
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const pick = (item: MenuItem): void => {
    close();
    item.onPick();
  };
  return (
    <>
      <button
        type="button"
        ref={button}
        class={props.class}
        aria-label={props.named ? undefined : label}
        title={title}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-keyshortcuts={keys && ariaKeys(keys)}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <List
          box={menu}
          id={id}
          label={label}
          items={typeof items === "function" ? items() : items}
          digits={digits}
          pick={pick}
          close={close}
          onClosed={() => setOpen(false)}
        />
      )}
    </>
  );
}

interface ListProps {
  box: { current: HTMLDivElement | null };
  id: string;
  label: string;
  items: readonly MenuItem[];
  digits: boolean;
  pick: (item: MenuItem) => void;
  close: () => void;
  onClosed: () => void;
}

function List({ box, id, label, items, digits, pick, close, onClosed }: ListProps) {
  return (
    <div
      ref={box}
      id={id}
      class="menu"
      role="menu"
      aria-label={label}
      popover="auto"
      onToggle={(event) => event.newState === "closed" && onClosed()}
      onKeyDown={(event) => menuKey(event, items, digits, pick, close)}
    >
      {items.map((item, index) => (
        <Item
          key={item.id}
          item={item}
          digit={digits && index < 9 ? index + 1 : null}
          pick={pick}
        />
      ))}
    </div>
  );
}

function menuKey(
  event: KeyboardEvent,
  items: readonly MenuItem[],
  digits: boolean,
  pick: (item: MenuItem) => void,
  close: () => void,
): void {
  const list = event.currentTarget as HTMLElement;
  const all = [...list.querySelectorAll('[role^="menuitem"]')];
  const to = moved(event, all.indexOf(document.activeElement as Element), all.length);
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const chosen = digits && digit ? items[Number(digit) - 1] : undefined;
  if (to !== null) focusChild(list, to, '[role^="menuitem"]');
  else if (chosen) pick(chosen);
  else if (event.key === "Escape") close();
  else if (event.key === "Tab") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function Item({
  item,
  digit,
  pick,
}: {
  item: MenuItem;
  digit: number | null;
  pick: (item: MenuItem) => void;
}) {
  return (
    <>
      {item.heading && <div class="menu-h">{item.heading}</div>}
      <button
        type="button"
        class="menu-i"
        role={item.checked === undefined ? "menuitem" : "menuitemradio"}
        aria-checked={item.checked}
        tabIndex={-1}
        onClick={() => pick(item)}
      >
        {item.mark}
        <span class="grow">{item.label}</span>
        {item.hint}
        {digit !== null && <kbd aria-hidden="true">{digit}</kbd>}
      </button>
    </>
  );
}
