import en from "../i18n/en/phone.json";
import { texts } from "../i18n/index.ts";
import zh from "../i18n/zh/phone.json";

export const t = texts(en, zh);
