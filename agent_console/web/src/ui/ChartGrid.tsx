/** What charts of two panels over one time axis share: their measures and their lines. */

export const HEIGHT = 232;
export const LEFT = 38;
export const RIGHT = 8;
export const LEVEL = { top: 12, bottom: 96 };
export const VOLUME = { top: 122, bottom: 206 };

/** A line across the panel, with its value at the left. */
export function Grid({ y, width, label }: { y: number; width: number; label: string }) {
  return (
    <>
      <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y} y2={y} />
      <text x={LEFT - 6} y={y + 4} text-anchor="end">
        {label}
      </text>
    </>
  );
}
