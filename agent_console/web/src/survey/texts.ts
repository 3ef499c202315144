import en from "../i18n/en/survey.json";
import { texts } from "../i18n/index.ts";
import zh from "../i18n/zh/survey.json";

export const t = texts(en, zh);
