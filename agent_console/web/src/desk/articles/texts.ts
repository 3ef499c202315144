import en from "../../i18n/en/articles.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/articles.json";

export const t = texts(en, zh);
