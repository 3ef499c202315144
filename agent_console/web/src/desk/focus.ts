/** Put the focus on something that is about to be shown; give up after a moment. */
export function focusWhenShown(selector: string, tries = 20): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (found) found.focus();
  else if (tries > 0) setTimeout(() => focusWhenShown(selector, tries - 1), 50);
}
