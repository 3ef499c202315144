/** An article from plain values: only tags that stand here are made, and words stay words. */

import type { Kid } from "../view/render.ts";
import type { Kit } from "./kit.ts";

/** Words, or a tag with its parts; a link has its address. */
export type Block = string | [tag: string, parts: Block[], href?: string];

const TAGS =
  /^(p|br|hr|h[234]|strong|em|s|code|pre|blockquote|ul|ol|li|a|table|thead|tbody|tr|th|td)$/;
const HREF = /^(https|mailto|tel):/;

export const made = ({ h }: Pick<Kit, "h">, blocks: readonly Block[]): Kid[] =>
  blocks.map((block): Kid => {
    if (typeof block === "string") return block;
    const [tag, parts, href = ""] = block;
    if (!TAGS.test(tag)) return false;
    const link = tag === "a" && HREF.test(href);
    const props = link ? { href, target: "_blank", rel: "noopener noreferrer" } : {};
    return h(tag, props, ...made({ h }, parts));
  });
