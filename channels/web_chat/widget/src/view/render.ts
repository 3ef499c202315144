/** A description of elements, made real with as few changes as can be: nothing is announced,
 *  focused or scrolled anew that was there before. Text goes in as text, never as HTML. */

type Value = string | number | boolean | null | undefined | ((event: never) => unknown);

export interface Spec {
  tag: string;
  props: Record<string, Value>;
  kids: readonly Kid[];
}

export type Kid = Spec | string | false | null | undefined;

const SVG = "http://www.w3.org/2000/svg";
const known = new WeakMap<Node, { key: string; props: Spec["props"] }>();

/** `tag`: name and classes as in `p.big`. `key`: which one it is among its like; `memo`: while it
 *  stays the same, the element is left alone; a function: what is done on that event. */
export function h(tag: string, props: Spec["props"] = {}, ...kids: readonly Kid[]): Spec {
  const [name, ...classes] = tag.split(".") as [string, ...string[]];
  return { tag: name, props: classes[0] ? { ...props, class: classes.join(" ") } : props, kids };
}

/** A button that sends no form. */
export const button = (classes: string, click: (event: Event) => unknown, ...kids: Kid[]): Spec =>
  h(`button${classes}`, { type: "button", click }, ...kids);

/** A button that shows a picture only. */
export const iconButton = (
  name: string,
  click: (event: Event) => unknown,
  picture: IconName,
  props = {},
): Spec => h("button.ib", { type: "button", click, ...named(name), ...props }, icon(picture));

/** What assistive technology reads and a pointer shows. */
export const named = (title: string): Spec["props"] => ({ title, "aria-label": title });

export const hidden = (words: string): Spec => h("span.sr", {}, words);

/** Make the children of an element what is described. */
export function fill(parent: Node, kids: readonly Kid[]): void {
  const wanted = new Map<string, Spec | string>();
  kids.forEach((kid, index) => {
    if (!kid && kid !== "") return;
    const isText = typeof kid === "string";
    wanted.set(isText ? `#${index}` : `${kid.tag} ${kid.props.key ?? index}`, kid);
  });
  const held = new Map<string, Node>();
  for (const node of [...parent.childNodes]) {
    const key = known.get(node)?.key ?? "";
    if (wanted.has(key)) held.set(key, node);
    else node.remove();
  }
  let next: Node | null = parent.firstChild;
  for (const [key, kid] of wanted) {
    const node = held.get(key) ?? create(key, kid);
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
    if (typeof kid !== "string") patch(node as Element, kid);
    else if (node.nodeValue !== kid) node.nodeValue = kid;
  }
}

function create(key: string, kid: Spec | string): Node {
  const isDrawn = typeof kid !== "string" && /^(svg|path|circle)$/.test(kid.tag);
  const node =
    typeof kid === "string"
      ? document.createTextNode(kid)
      : isDrawn
        ? document.createElementNS(SVG, kid.tag)
        : document.createElement(kid.tag);
  known.set(node, { key, props: {} });
  return node;
}

function patch(node: Element, { props, kids }: Spec): void {
  const before = known.get(node)!;
  if (props.memo && props.memo === before.props.memo) return;
  for (const name in { ...before.props, ...props }) {
    const value = props[name];
    if (value === before.props[name] || name === "key" || name === "memo") continue;
    // `void`, for a handler that answers false would cancel the event.
    if (typeof value === "function")
      Object.assign(node, { [`on${name}`]: (event: never) => void value(event) });
    else if (value === false || value == null) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  before.props = props;
  fill(node, kids);
}

/** Paths on a 24 grid, drawn with a stroke of 1.75. */
const PATHS = {
  chat: "M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z",
  down: "M6 9.5l6 6 6-6",
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13M15.5 15.5L20 20",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  send: "M4 12L3.5 4 21 12 3.5 20zM4 12h8",
  clip:
    "M20 11.5l-8.3 8.3a5 5 0 0 1-7.1-7.1L13 4.3A3.3 3.3 0 0 1 17.7 9l-8.3 8.3a1.7" +
    " 1.7 0 0 1-2.4-2.4l7.7-7.7",
  bot:
    "M7 8h10a3 3 0 0 1 3 3v5.5a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3z" +
    "M12 8V3.5M9.3 13v1.5M14.7 13v1.5M1.8 12.5v3M22.2 12.5v3",
  lock:
    "M6.5 10.5h11a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2z" +
    "M8 10.5v-3a4 4 0 0 1 8 0v3",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M12 11v5.5M12 7.7h.01",
  check: "M4.5 12.5l5 5 10-11",
  checks: "M2 12.5l4.5 4.5 8.5-10M11.5 16l1 1 9-10.5",
  file: "M6 3h8l5 5v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM13.5 3v5.5H19",
  star: "M12 3.3l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 17.1 6.6 20l1.1-6.1-4.5-4.2 6.1-.8z",
};

export type IconName = keyof typeof PATHS;

export const icon = (name: IconName): Spec =>
  h(
    "svg",
    { class: `ic ic-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" },
    h("path", { d: PATHS[name] }),
  );
