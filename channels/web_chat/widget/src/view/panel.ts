/** The open chat: header, what is wrong, log, what stands under it, composer. */

import { cardOf } from "./cards.ts";
import { composerOf } from "./composer.ts";
import { endOf, headerOf } from "./header.ts";
import { choicesOf, logOf, typingOf } from "./log.ts";
import { button, h, icon, type Spec } from "./render.ts";
import { kitOf, type Shown } from "./shown.ts";

/** A short break is not worth a banner. */
const BREAK_MS = 1_500;

/** `scroll`: the customer moves through the log. */
export function panelOf(shown: Shown, scroll: () => void): Spec {
  const { chat, t, ui } = shown;
  const older = chat.state.more && button(".btn.quiet.older", () => chat.older(), t("older"));
  const dragover = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    chat.attach(event.dataTransfer?.files);
  };
  if (ui.help) return h("div.sheet", {}, headerOf(shown), bannerOf(shown), helpOf(shown));
  return h(
    "div.sheet",
    { dragover, drop },
    headerOf(shown),
    bannerOf(shown),
    h(
      "div.scroll",
      { tabindex: 0, scroll },
      h("div.safe", {}, icon("lock"), t("privacy")),
      older,
      logOf(shown),
      typingOf(shown),
      choicesOf(shown),
      cardOf(shown),
      ratingOf(shown),
    ),
    ui.isAsked && questionOf(shown),
    composerOf(shown),
  );
}

function helpOf(shown: Shown): Spec | undefined {
  const { chat, ui, set } = shown;
  const talk = (read: string[]): void => {
    set({ help: "" });
    chat.talk(read);
  };
  return shown.later()?.help(kitOf(shown), { wanted: ui.help, talk });
}

function ratingOf(shown: Shown): Spec | false | undefined {
  const { chat } = shown;
  const { phase } = chat.state;
  if (phase.phase !== "rate" || chat.isRated) return false;
  const { survey } = phase;
  return shown.later()?.rating(kitOf(shown), {
    survey,
    isConnected: chat.isLive,
    send: (score, tags, comment) => void chat.rate(survey, score, tags, comment),
    skip: () => chat.skip(survey),
  });
}

function bannerOf({ chat, t }: Shown): Spec {
  const { lostAtMs, nextTryAtMs, notice } = chat;
  const isLost = lostAtMs !== null && Date.now() - lostAtMs > BREAK_MS;
  const n = Math.max(0, Math.ceil((nextTryAtMs - Date.now()) / 1000));
  // Each second would be read out.
  const props = { role: "status", "aria-live": isLost ? "off" : "polite" };
  return h(
    `div.banner${isLost ? ".bad" : ""}`,
    props,
    isLost ? t("offline", { n }) : notice && t(notice),
  );
}

/** Before the chat is ended or the place in line given up. */
function questionOf({ chat, t, set }: Shown): Spec {
  const words = endOf(chat, t);
  const finish = (isYes: boolean): void => {
    set({ isAsked: false });
    if (isYes) chat.leave();
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    finish(false);
  };
  const no = button(".btn", () => finish(false), t("back"));
  const yes = button(".btn.danger", () => finish(true), words);
  return h(
    "div.ask",
    { role: "alertdialog", "aria-label": words, keydown, key: "ask" },
    h("div.line", {}, no, yes),
  );
}
