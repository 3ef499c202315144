import en from "../../i18n/en/announce.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/announce.json";

/** Words of announcements. */
export const t = texts(en, zh);
