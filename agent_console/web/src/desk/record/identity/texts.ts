import en from "../../../i18n/en/identity.json";
import { texts } from "../../../i18n/index.ts";
import zh from "../../../i18n/zh/identity.json";

export const t = texts(en, zh);
