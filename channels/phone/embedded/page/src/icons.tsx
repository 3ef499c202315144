/** Lucide's grammar: a 24 grid, a stroke of 1.75. */
import type { JSX } from "preact";

const PATHS = {
  phone:
    "M21 16.5v3a2 2 0 0 1-2.2 2A18 18 0 0 1 2.5 5.2 2 2 0 0 1 4.5 3h3a2 2 0 0 1 2 " +
    "1.7c.1.9.4 1.8.7 2.7a2 2 0 0 1-.5 2.1L8.5 10.7a15 15 0 0 0 5 5l1.2-1.2a2 2 0 0 1 " +
    "2.1-.5c.9.3 1.8.6 2.7.7a2 2 0 0 1 1.5 1.8z",
  end:
    "M3 15.5c-1-1-1-3 0-4.2 5-4.7 13-4.7 18 0 1 1.2 1 3.2 0 4.2l-4-1v-3a14 14 0 0 0-10 " +
    "0v3z",
  bot:
    "M7 8h10a3 3 0 0 1 3 3v5.5a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3zM12 " +
    "8V3.5M9.3 13v1.5M14.7 13v1.5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 7v5l3.5 2",
  check: "M4.5 12.5l5 5 10-11",
  mic:
    "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 " +
    "18v3",
  keypad:
    "M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 " +
    "17h.01",
  chat:
    "M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 " +
    "2-2z",
  sound: "M4 9.5v5h3.5L13 19V5L7.5 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  lock:
    "M6.5 10.5h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2zM8 " +
    "10.5v-3a4 4 0 0 1 8 0v3",
  callback: "M21 16.5v3a2 2 0 0 1-2.2 2A18 18 0 0 1 2.5 5.2M14 4v6h6M21 3l-7 7",
  warn: "M12 4l9.5 16.5h-19zM12 10v4.5M12 17.5h.01",
  user: "M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8M4.5 20.5a7.5 7.5 0 0 1 15 0",
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }): JSX.Element => (
  <svg class="ic" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
