import en from "../../i18n/en/taken.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/taken.json";

/** Words of taking alerts on. */
export const t = texts(en, zh);
