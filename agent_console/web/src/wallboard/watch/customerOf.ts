import type { ContactView } from "../../contract.ts";
import { lang } from "../../i18n/index.ts";

/** The customer's name in the language of the interface. */
export const customerOf = (one: ContactView): string =>
  lang.value === "zh" ? one.title_zh || one.title : one.title;
