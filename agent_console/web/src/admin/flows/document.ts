/** Changing a flow's document without changing the one before it. */
import type { Fields, Path, Plain } from "./types.ts";

const isFields = (value: Plain | undefined): value is Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** What stands at a path; undefined for nothing. */
export function at(value: Plain | undefined, path: Path): Plain | undefined {
  return path.reduce<Plain | undefined>((found, key) => {
    if (Array.isArray(found)) return found[Number(key)];
    return isFields(found) ? found[key] : undefined;
  }, value);
}

/** The document with another value at a path; undefined takes it out. */
export function put(value: Plain | undefined, path: Path, next: Plain | undefined): Plain {
  const [key, ...rest] = path;
  if (key === undefined) return next ?? null;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const index = Number(key);
    if (isLast && next === undefined) return value.filter((_, n) => n !== index);
    const copy = [...value];
    copy[index] = isLast ? next! : put(value[index], rest, next);
    return copy;
  }
  const fields = isFields(value) ? { ...value } : {};
  if (isLast && next === undefined) delete fields[key];
  else fields[key] = isLast ? next! : put(fields[key], rest, next);
  return fields;
}

export const nodesOf = (document: Fields): Fields =>
  isFields(document["nodes"]) ? document["nodes"] : {};

/** A name for a new step of a kind: menu, menu_2, menu_3 ... */
export function freshId(document: Fields, kind: string): string {
  const taken = nodesOf(document);
  if (!(kind in taken)) return kind;
  let n = 2;
  while (`${kind}_${n}` in taken) n += 1;
  return `${kind}_${n}`;
}

/** The document without a step; what led to it leads nowhere and is told as a problem. */
export function without(document: Fields, id: string): Fields {
  const unlinked = (value: Plain, field: string): Plain => {
    if (value === id && LINKS.has(field)) return "";
    if (Array.isArray(value)) return value.map((one) => unlinked(one, field));
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unlinked(one, key)]));
  };
  const { [id]: _gone, ...rest } = nodesOf(document);
  return unlinked({ ...document, nodes: rest }, "") as Fields;
}

const LINKS = new Set([
  "next", "failed", "missed", "locked", "open", "closed", "otherwise", "start", "person", "urgent",
]);
