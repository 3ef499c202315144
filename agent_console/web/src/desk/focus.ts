/** Where the focus goes when what had it goes away. */
import { contacts } from "./model/store.ts";

/** Put the focus on something that is about to be shown; give up after a moment. */
export function focusWhenShown(selector: string, tries = 20): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (found) found.focus();
  else if (tries > 0) setTimeout(() => focusWhenShown(selector, tries - 1), 50);
}

/** After a contact has left the list: the row that is current then. */
export function focusNextRow(goneId: string): void {
  const stop = contacts.subscribe((now) => {
    if (goneId in now) return;
    queueMicrotask(() => stop());
    setTimeout(() => focusWhenShown('[data-contact][aria-current="true"]'));
  });
}

/** Put the focus there unless the person has it somewhere already. */
export function focusIfLost(selector: string): void {
  setTimeout(() => {
    if (document.activeElement === document.body) focusWhenShown(selector);
  }, 50);
}
