/** Words with blanks, such as `{customer_name}`; the rules of `hub/text/placeholders.py`. */

export const BLANKS = ["customer_name", "agent_name", "queue"] as const;
export type Blank = (typeof BLANKS)[number];

/** What stands in braces and is no known blank, each once. */
export function wrongBlanks(text: string): string[] {
  const found = text.match(/\{[^{}]*\}|[{}]/g) ?? [];
  return [...new Set(found)].filter(
    (one) => one.length < 2 || !BLANKS.some((name) => one === `{${name}}`),
  );
}

/** Blanks filled. One without a value goes together with the space or comma before it, so that
 * "Hello {customer_name}, ..." greets a guest with "Hello, ...". */
export function fillBlanks(text: string, values: Record<Blank, string>): string {
  const filled = text.replace(
    /([ ,，、]?)\{(customer_name|agent_name|queue)\}/g,
    (_, before: string, name: Blank) => (values[name] ? before + values[name] : ""),
  );
  return filled === text ? text : filled.replace(/^[\s,，、]+/, "");
}
