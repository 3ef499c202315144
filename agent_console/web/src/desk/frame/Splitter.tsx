import { t } from "../texts.ts";
import { LIMITS, paneWidths, setWidth, usualWidth, type Side } from "./panes.ts";

const STEP = 16;

/** The line between two panes: drag it, or use the arrow keys; a double click forgets the width. */
export function Splitter({ side }: { side: Side }) {
  const width = paneWidths.value[side];
  const grow = side === "left" ? 1 : -1;
  const onPointerDown = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => setWidth(side, width + (move.clientX - from) * grow);
    handle.onpointerup = () => (handle.onpointermove = null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
    if (by !== undefined) setWidth(side, width + by * grow);
    else if (event.key === "Home") setWidth(side, LIMITS[side][0]);
    else if (event.key === "End") setWidth(side, LIMITS[side][1]);
    else return;
    event.preventDefault();
  };
  return (
    <div
      class={`splitter splitter-${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={t(side === "left" ? "width_left" : "width_right")}
      aria-valuenow={width}
      aria-valuemin={LIMITS[side][0]}
      aria-valuemax={LIMITS[side][1]}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDblClick={() => usualWidth(side)}
    />
  );
}
