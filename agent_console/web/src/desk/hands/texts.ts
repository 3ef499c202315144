import common from "../../i18n/en/common.json";
import en from "../../i18n/en/hands.json";
import { texts } from "../../i18n/index.ts";
import commonZh from "../../i18n/zh/common.json";
import zh from "../../i18n/zh/hands.json";

/** Words of what an agent's hands do: shift end, the send guard, abuse, colleagues. */
export const t = texts({ ...common, ...en }, { ...commonZh, ...zh });
