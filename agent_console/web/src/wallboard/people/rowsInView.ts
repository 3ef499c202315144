/** Of a long table only the rows in sight are in the page; rows are all of one height. */
import { useEffect, useRef, useState } from "preact/hooks";

/** More rows on both sides, so that a short scroll finds them there. */
const AHEAD = 8;
/** Until the first row was measured. */
const USUAL_HEIGHT = 41;

export interface Span {
  from: number;
  to: number;
}

/** The rows to draw, in steps of AHEAD: not every pixel is a change. Pure. */
export function spanOf(scrollTop: number, height: number, rowHeight: number, count: number): Span {
  const first = Math.floor(scrollTop / rowHeight / AHEAD) * AHEAD;
  const shown = Math.ceil(height / rowHeight / AHEAD + 1) * AHEAD;
  const from = Math.max(0, Math.min(first, count - shown) - AHEAD);
  return { from, to: Math.min(count, first + shown + AHEAD) };
}

type Box = { current: HTMLDivElement | null };
const rowHeightIn = (box: HTMLElement): number =>
  box.querySelector<HTMLElement>("tbody tr:not(.rows-space)")?.offsetHeight || USUAL_HEIGHT;

export function useRowsInView(count: number) {
  const scroller: Box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 600, rowHeight: USUAL_HEIGHT });
  const span = spanOf(place.top, place.height, place.rowHeight, count);
  const look = (): void => {
    const box = scroller.current;
    if (!box) return;
    const now = { top: box.scrollTop, height: box.clientHeight, rowHeight: rowHeightIn(box) };
    const next = spanOf(now.top, now.height, now.rowHeight, count);
    const changed = next.from !== span.from || next.to !== span.to;
    if (changed || now.rowHeight !== place.rowHeight) setPlace(now);
  };
  useEffect(look, [count]);
  useEffect(() => {
    if (!scroller.current) return;
    const watch = new ResizeObserver(look);
    watch.observe(scroller.current);
    return () => watch.disconnect();
  }, []);
  const above = span.from * place.rowHeight;
  const below = (count - span.to) * place.rowHeight;
  return { scroller, onScroll: look, ...span, above, below };
}

/** Scroll so that the row is drawn; it is there in the next frame. */
export function bringRow(index: number): void {
  const box = document.querySelector<HTMLElement>("#contacts .scroll");
  if (!box || index < 0) return;
  const top = index * rowHeightIn(box);
  if (top < box.scrollTop || top > box.scrollTop + box.clientHeight * 0.8) {
    box.scrollTop = Math.max(0, top - box.clientHeight / 2);
  }
}
