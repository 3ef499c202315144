import en from "../../i18n/en/payment.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/payment.json";

/** Words of unusual payments. */
export const t = texts(en, zh);
