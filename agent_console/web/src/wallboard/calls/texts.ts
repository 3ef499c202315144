import en from "../../i18n/en/listen.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/listen.json";

export const t = texts(en, zh);
