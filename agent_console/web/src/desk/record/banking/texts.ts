import en from "../../../i18n/en/banking.json";
import { texts } from "../../../i18n/index.ts";
import zh from "../../../i18n/zh/banking.json";

/** Words of cards, orders and the bank's own system. */
export const t = texts(en, zh);
