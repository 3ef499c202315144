/** Small things kept in the browser. A browser that refuses storage only forgets. */

export function recall(key: string, store: () => Storage = () => localStorage): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

/** Keep a value; null forgets it. */
export function remember(
  key: string,
  value: string | null,
  store: () => Storage = () => localStorage,
): void {
  try {
    if (value === null) store().removeItem(key);
    else store().setItem(key, value);
  } catch {
    // storage is full or forbidden: the page works on, without memory
  }
}

export const ofTab = (): Storage => sessionStorage;
