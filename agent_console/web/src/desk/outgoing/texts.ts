import common from "../../i18n/en/common.json";
import en from "../../i18n/en/outgoing.json";
import { texts } from "../../i18n/index.ts";
import commonZh from "../../i18n/zh/common.json";
import zh from "../../i18n/zh/outgoing.json";

/** Words of what waits before it leaves, and of letters that are passed on. */
export const t = texts({ ...common, ...en }, { ...commonZh, ...zh });
