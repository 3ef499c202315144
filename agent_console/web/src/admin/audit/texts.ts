import en from "../../i18n/en/audit.json";
import common from "../../i18n/en/common.json";
import { texts } from "../../i18n/index.ts";
import zh from "../../i18n/zh/audit.json";
import commonZh from "../../i18n/zh/common.json";

export const t = texts({ ...common, ...en }, { ...commonZh, ...zh });

/** What was done, in words; an act that is not known yet shows its code. */
export function actName(code: string): string {
  const key = `act_${code}`;
  return key in en ? t(key as keyof typeof en) : code;
}
