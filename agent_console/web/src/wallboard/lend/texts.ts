import en from "../../i18n/en/lend.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/lend.json";

/** Words of helping out where somebody is missing. */
export const t = texts(en, zh);
