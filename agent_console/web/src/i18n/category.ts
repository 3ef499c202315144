/** Names of the topics that articles name by a code; another topic is shown as it is written. */
import en from "./en/category.json";
import { texts } from "./texts.ts";
import zh from "./zh/category.json";

const t = texts(en, zh);

export const categoryName = (category: string): string => t(category as keyof typeof en);
