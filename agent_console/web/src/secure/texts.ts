import en from "../i18n/en/secure.json";
import { texts } from "../i18n/index.ts";
import zh from "../i18n/zh/secure.json";

export const t = texts(en, zh);
