import en from "../../i18n/en/release.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/release.json";

/** Words of the way out of a locked proof. */
export const t = texts(en, zh);
