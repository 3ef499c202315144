/** Focus in a panel that opens inside the page, where `autofocus` does not act. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Give the focus back when the panel closes, unless it has gone elsewhere by then. */
export function useFocusBack(): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (!box.current?.contains(document.activeElement)) return;
      const pane = document.querySelector<HTMLElement>(".pane.pop");
      const back = opener instanceof HTMLElement && opener.isConnected ? opener : pane;
      back?.focus();
    };
  }, []);
  return box;
}

/** Focus the first field each time `when` changes to something. */
export function useFocusFirst<E extends HTMLElement>(when: unknown): RefObject<E | null> {
  const box = useRef<E>(null);
  useEffect(() => {
    if (when) box.current?.querySelector<HTMLElement>("input, button:not(:disabled)")?.focus();
  }, [when]);
  return box;
}
