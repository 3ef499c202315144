/** How far the hub is: a few small requests, the middle one counts. */

const TIMES = 5;
/** Above these people talk into each other's words. */
const LATE_MS = 150;
const SHAKY_MS = 40;

export interface Distance {
  delay_ms: number;
  jitter_ms: number;
}

export async function measureNetwork(
  ask: () => Promise<unknown> = () => fetch("/readyz", { cache: "no-store" }),
  now: () => number = () => performance.now(),
): Promise<Distance> {
  const spans: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const start = now();
    await ask();
    spans.push(now() - start);
  }
  return distanceOf(spans);
}

export function distanceOf(spans: readonly number[]): Distance {
  const sorted = [...spans].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const off = spans.map((one) => Math.abs(one - middle)).sort((a, b) => a - b);
  return {
    delay_ms: Math.round(middle),
    jitter_ms: Math.round(off[Math.floor(off.length / 2)] ?? 0),
  };
}

export function networkWord(one: Distance): "good" | "late" | "shaky" {
  if (one.delay_ms > LATE_MS) return "late";
  return one.jitter_ms > SHAKY_MS ? "shaky" : "good";
}
