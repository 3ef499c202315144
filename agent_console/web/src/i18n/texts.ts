/** Typed catalogues. A key that is missing in either language does not compile. */
import type { Lang } from "../contract.ts";
import { lang } from "./lang.ts";

type Plural = { one?: string; other: string };
export type Catalogue = Record<string, string | Plural>;
/** The same keys, each of the same kind. */
export type Twin<E> = { [K in keyof E]: E[K] extends string ? string : Plural };
/** Keys of Z that E has not: their value would have to be `never`. */
type NoExtra<E, Z> = Record<Exclude<keyof Z, keyof E>, never>;

export type Values = Record<string, string | number>;
export type Translate<E> = (key: keyof E & string, values?: Values) => string;

const rules: Record<Lang, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  zh: new Intl.PluralRules("zh"),
};

/**
 * Bind two catalogues to one `t(key, values)`. `{name}` is replaced by a value; a plural entry
 * (`{"one": ..., "other": ...}`) chooses by the value named `count`.
 */
export function texts<E extends Catalogue, Z extends Twin<E>>(
  en: E,
  zh: Z & NoExtra<E, Z>,
): Translate<E> {
  const catalogues: Record<Lang, Catalogue> = { en, zh: zh as unknown as Catalogue };
  return (key, values = {}) => {
    const now = lang.value;
    const entry = catalogues[now][key];
    if (entry === undefined) return key;
    return fill(typeof entry === "string" ? entry : choose(entry, now, values), values);
  };
}

function choose(entry: Plural, now: Lang, values: Values): string {
  return rules[now].select(Number(values.count)) === "one" && entry.one ? entry.one : entry.other;
}

/** Replace `{name}` by its value; an unknown name stays as it is. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
