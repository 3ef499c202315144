import en from "../i18n/en/help.json";
import { texts } from "../i18n/index.ts";
import zh from "../i18n/zh/help.json";

export const t = texts(en, zh);
