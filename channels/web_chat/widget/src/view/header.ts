/** Who is there: the assistant, a person, or nobody any more; and the menu. */

import { nameOf } from "../format.ts";
import { isOpen } from "../state.ts";
import { avatar } from "./message.ts";
import { button, h, icon, iconButton, named, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

export function headerOf(shown: Shown): Spec {
  const { chat, t, lang, assistant } = shown;
  const { phase } = chat.state.phase;
  const isOver = phase === "closed" || phase === "rate";
  const isAway = phase === "outside_hours";
  const agent = phase === "agent" || isOver ? nameOf(chat.state.agent, lang) : "";
  const sub = isOver ? "ended_sub" : agent ? "agent_sub" : isAway ? "away" : "assistant_sub";
  const dot = h(`span.dot${chat.isLive && !isOver && !isAway ? ".on" : ""}`);
  return h(
    "header",
    {},
    avatar(agent),
    h("div.grow", {}, h("h2", {}, agent || assistant), h("div.sub", {}, dot, t(sub))),
    iconButton(t("help"), () => shown.set({ help: shown.ui.help ? "" : "?" }), "find", {
      "aria-pressed": `${!!shown.ui.help}`,
    }),
    menuOf(shown, isOver),
    iconButton(t("minimise"), shown.close, "down"),
  );
}

function menuOf({ chat, t, lang, set }: Shown, isOver: boolean): Spec {
  const other = lang === "en" ? "zh" : "en";
  return h(
    "details",
    {},
    h("summary.ib", named(t("more")), icon("more")),
    h(
      "div.menu",
      {},
      button("", () => chat.setLang(other), t("switch")),
      isOpen(chat.state) && button("", () => set({ isAsked: true }), endOf(chat, t)),
      isOver && button("", () => chat.openFile("transcript"), t("save")),
    ),
  );
}

/** In a line the way out has its own word. */
export const endOf = (chat: Shown["chat"], t: Shown["t"]): string =>
  t(chat.state.phase.phase === "queue" ? "leave" : "end");
