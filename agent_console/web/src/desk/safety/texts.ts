import en from "../../i18n/en/safety.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/safety.json";

/** Words about what must not travel in plain, and to whom nothing must go. */
export const t = texts(en, zh);
