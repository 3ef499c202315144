/** Texts that components of `src/ui` and every page share. */
import en from "./en/common.json";
import { texts } from "./texts.ts";
import zh from "./zh/common.json";

export const t = texts(en, zh);
