import common from "../../i18n/en/common.json";
import en from "../../i18n/en/written.json";
import { texts } from "../../i18n/index.ts";
import commonZh from "../../i18n/zh/common.json";
import zh from "../../i18n/zh/written.json";

/** Words of mail and SMS at the desk. */
export const t = texts({ ...common, ...en }, { ...commonZh, ...zh });
