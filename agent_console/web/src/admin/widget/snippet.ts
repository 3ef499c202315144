/** What the bank pastes into its pages. */
export interface Choice {
  hub: string;
  widget: string;
  lang: string;
  accent: string;
}

const quoted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

export const snippetOf = ({ hub, widget, lang, accent }: Choice): string =>
  `<script src="${quoted(hub)}/chat/widget.js" async></script>\n` +
  `<bank-chat widget="${quoted(widget)}" lang="${quoted(lang)}" accent="${quoted(accent)}"></bank-chat>`;
