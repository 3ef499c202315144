/** The server's time in the browser: an offset learned from the feed, and one tick a second. */
import { signal } from "@preact/signals";

let offsetSeconds = 0;

const localNow = (): number => Date.now() / 1000;

/** UTC epoch seconds as the server counts them. */
export const serverNow = (): number => localNow() + offsetSeconds;

/** Changes once a second. Read it only in the smallest component that shows a timer. */
export const tick = signal(serverNow());

export function learnServerTime(serverNowSeconds: number): void {
  offsetSeconds = serverNowSeconds - localNow();
  tick.value = serverNow();
}

setInterval(() => {
  tick.value = serverNow();
}, 1000);
