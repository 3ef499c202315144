/** What stands under the last message: the place in line, closed hours, a quiet chat, the end. */

import { countdown, estimate, moment, nameOf } from "../format.ts";
import { closesAt } from "../state.ts";
import { button, h, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

/** Always there: a change in a region that comes with it is not announced. */
export function cardOf(shown: Shown): Spec {
  const { phase } = shown.chat.state.phase;
  const cards = {
    queue: queueOf,
    outside_hours: awayOf,
    closed: closedOf,
    rate: closedOf,
    agent: quietOf,
    bot: quietOf,
    new: quietOf,
  };
  return h("div", { role: "status" }, ...cards[phase](shown));
}

function queueOf({ chat, t, lang, set }: Shown): Spec[] {
  const { phase, queuedFrom } = chat.state;
  if (phase.phase !== "queue") return [];
  const ahead = (phase.position ?? 1) - 1;
  const share = 100 * (1 - ahead / Math.max(queuedFrom, ahead + 1));
  const circle = { cx: 20, cy: 20, r: 17, pathLength: 100 };
  const ring = h(
    "svg.ring",
    { viewBox: "0 0 40 40" },
    h("circle", circle),
    h("circle", { ...circle, "stroke-dasharray": `${share} 100` }),
  );
  const place = ahead ? t("ahead", { n: ahead }) : t("next");
  return [
    h(
      "div.card",
      {},
      h(
        "div.line",
        {},
        h("span.dial", { "aria-hidden": "true" }, ring, h("b", {}, String(ahead))),
        h(
          "div",
          {},
          h("div", {}, place),
          h("div.eta", {}, estimate(lang, phase.estimate_seconds)),
          h("div", {}, nameOf(phase.queue, lang)),
        ),
      ),
      button(".btn.quiet.wide", () => set({ isAsked: true }), t("leave")),
    ),
  ];
}

function awayOf({ chat, t, lang }: Shown): Spec[] {
  const { phase } = chat.state;
  const at = phase.phase === "outside_hours" && phase.opens_at;
  return [
    h(
      "div.card",
      {},
      h("b", {}, t("away")),
      !!at && h("p", {}, t("away_more", { time: moment(lang, at, chat.now) })),
    ),
  ];
}

/** Any word keeps the chat open; the button says one. */
function quietOf({ chat, t }: Shown): Spec[] {
  const at = closesAt(chat.state);
  if (!at || at < chat.now || chat.outbox.length) return [];
  const left = t("quiet_more", { time: countdown(at - chat.now) });
  const here = button(".btn.main.wide", () => chat.say(t("here")), t("here"));
  return [
    h(
      "div.card.warn",
      {},
      h("p", { role: "timer", "aria-live": "off" }, left),
      here,
    ),
  ];
}

/** Thanks, and the way to a new chat. */
function closedOf({ chat, t }: Shown): Spec[] {
  if (chat.outbox.length || (chat.state.phase.phase === "rate" && !chat.isRated)) return [];
  const thanks = chat.rated && h("b", {}, t(chat.rated));
  return [
    h(
      "div.card.centre",
      {},
      thanks,
      button(".btn.wide", () => chat.again(), t("again")),
    ),
  ];
}
