import en from "../../i18n/en/assist.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/assist.json";

export const t = texts(en, zh);
