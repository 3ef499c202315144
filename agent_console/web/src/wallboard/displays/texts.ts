import en from "../../i18n/en/display.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/display.json";

/** Words of the screens on the wall. */
export const t = texts(en, zh);
