/** What pages need of language. The texts of a page are bound in the page's own `texts.ts`. */
export * from "./format.ts";
export { both, htmlLang, lang, setLang } from "./lang.ts";
export { fill, texts } from "./texts.ts";
export type { Translate, Values } from "./texts.ts";
