import en from "../../i18n/en/approval.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/approval.json";

/** Words of the second person's decision. */
export const t = texts(en, zh);
