/** Figures as they are written; what was not measured is a dash. */
import { number, percent, span } from "../i18n/index.ts";

export const share = (ratio: number | null): string => (ratio === null ? "–" : percent(ratio));
export const time = (seconds: number | null): string => (seconds === null ? "–" : span(seconds));
export const mean = (value: number | null): string => (value === null ? "–" : number(value, 1));
