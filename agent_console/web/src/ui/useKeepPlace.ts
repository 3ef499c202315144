/** What comes in on top of a scrolled box does not push away what is being read. */
import { useLayoutEffect, useRef } from "preact/hooks";

/** `first` changes when something came in on top. */
export function useKeepPlace(scroller: { current: HTMLElement | null }, first: number): void {
  const height = useRef(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    // above zero the browser's own anchoring does it
    const pushed = box !== null && height.current > 0 && box.scrollTop < 1;
    if (pushed) box.scrollTop = box.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = scroller.current?.scrollHeight ?? 0;
  });
}
