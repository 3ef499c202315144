import en from "../../../i18n/en/letters.json";
import { texts } from "../../../i18n/index.ts";
import zh from "../../../i18n/zh/letters.json";

/** Words of the lists of mail and messages. */
export const t = texts(en, zh);
