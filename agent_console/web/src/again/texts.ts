import en from "../i18n/en/again.json";
import common from "../i18n/en/common.json";
import { texts } from "../i18n/index.ts";
import zh from "../i18n/zh/again.json";
import commonZh from "../i18n/zh/common.json";

export const t = texts({ ...common, ...en }, { ...commonZh, ...zh });
