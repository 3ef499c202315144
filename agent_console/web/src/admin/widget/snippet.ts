/** What the bank pastes into its pages. */
export interface Choice {
  hub: string;
  widget: string;
  lang: string;
  accent: string;
}

const quoted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

const tag = (name: string, attributes: ReadonlyArray<[string, string]>, flag = ""): string =>
  `<${name}${attributes.map(([key, value]) => ` ${key}="${quoted(value)}"`).join("")}${flag}>` +
  `</${name}>`;

export const snippetOf = ({ hub, widget, lang, accent }: Choice): string =>
  [
    tag("script", [["src", `${hub}/chat/widget.js`]], " async"),
    tag("bank-chat", [
      ["widget", widget],
      ["lang", lang],
      ["accent", accent],
    ]),
  ].join("\n");
