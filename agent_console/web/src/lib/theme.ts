/** Light, dark or as the system: remembered, set on `html` before a component is painted. */
import { effect, signal } from "@preact/signals";
import { recall, remember } from "./memory.ts";

export type Theme = "system" | "light" | "dark";
const KEY = "console.theme";

const kept = recall(KEY);
export const theme = signal<Theme>(kept === "light" || kept === "dark" ? kept : "system");

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const dark = signal(systemDark.matches);
systemDark.addEventListener("change", (event) => {
  dark.value = event.matches;
});

effect(() => {
  const shown = theme.value === "system" ? (dark.value ? "dark" : "light") : theme.value;
  document.documentElement.dataset.theme = shown;
});

export function setTheme(to: Theme): void {
  theme.value = to;
  remember(KEY, to === "system" ? null : to);
}
