import admin from "../../i18n/en/admin.json";
import common from "../../i18n/en/common.json";
import en from "../../i18n/en/replies.json";
import { texts } from "../../i18n/index.ts";
import adminZh from "../../i18n/zh/admin.json";
import commonZh from "../../i18n/zh/common.json";
import zh from "../../i18n/zh/replies.json";

export const t = texts({ ...common, ...admin, ...en }, { ...commonZh, ...adminZh, ...zh });
