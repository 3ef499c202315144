/** Scales and lines of charts. Pure; pixels in, pixels out. */
const ROUND = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];

/** The smallest round number that is not below and has a whole half, for the middle line. */
export function niceMax(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const tops = ROUND.map((step) => Math.round(step * power)).filter((top) => top % 2 === 0);
  return tops.find((top) => top >= value) ?? 10 * power;
}

/** Map a value of [low, high] to [bottom, top] in pixels. */
export const scale =
  (low: number, high: number, bottom: number, top: number) =>
  (value: number): number =>
    bottom + ((value - low) / (high - low)) * (top - bottom);

export interface Point {
  x: number;
  y: number;
}

/** Runs of points without a gap: a half hour without contacts has no level. */
export function runs<P>(points: ReadonlyArray<P | null>): P[][] {
  const found: P[][] = [];
  let open: P[] | null = null;
  for (const point of points) {
    if (point === null) open = null;
    else if (open) open.push(point);
    else found.push((open = [point]));
  }
  return found;
}

export const linePath = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");

/** The same line closed down to a base, for the fill. */
export function areaPath(points: readonly Point[], base: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return "";
  return `${linePath(points)} L${last.x.toFixed(1)} ${base} L${first.x.toFixed(1)} ${base} Z`;
}

/** Show the time under every n-th slot, so that labels keep `roomPixels` apart. */
export function labelStep(slotPixels: number, roomPixels = 56): number {
  const steps = [1, 2, 4, 6, 8, 12];
  return steps.find((step) => step * slotPixels >= roomPixels) ?? 24;
}
