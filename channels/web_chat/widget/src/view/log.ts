/** The log, the choices under it, and the dots of somebody who types. */

import { eventLine, nameOf } from "../format.ts";
import type { Message } from "../frames.ts";
import { avatar, eventLineOf, own, pendingOf, theirs } from "./message.ts";
import { button, h, hidden, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

export function logOf(shown: Shown): Spec {
  const { chat, lang, t } = shown;
  const { messages, seen } = chat.state;
  const rows: Spec[] = [];
  messages.forEach((message, index) => {
    if (message.event && !eventLine(message, lang, chat.now)) return;
    const isLed = leads(message, messages[index + 1]);
    const memo = `${message.seq} ${lang} ${message.seq <= seen} ${isLed} ${shown.assistant}`;
    rows.push(row(message.key ?? message.seq, memo, () => rowOf(message, shown, isLed)));
  });
  for (const pending of chat.outbox)
    rows.push(row(pending.id, JSON.stringify([pending, lang]), () => pendingOf(pending, shown)));
  return h("div.log", { role: "log", "aria-live": "polite", "aria-label": t("log") }, ...rows);
}

/** Only what looks different is drawn again. */
function row(key: string | number, memo: string, make: () => Spec): Spec {
  return h("div.row", { key, memo }, make());
}

function rowOf(message: Message, shown: Shown, isLed: boolean): Spec {
  if (message.event) return eventLineOf(message, shown);
  return message.speaker === "customer" ? own(message, shown) : theirs(message, shown, isLed);
}

const leads = (message: Message, next?: Message): boolean =>
  next?.speaker === message.speaker && next.name?.en === message.name?.en && !next.event;

/** The choices of the last menu, while it waits for one; a receipt in between ends nothing. */
export function choicesOf({ chat }: Shown): Spec | false {
  const last = chat.state.messages.findLast((one) => !one.event && one.speaker !== "system");
  const isAsked =
    /bot|queue|hours/.test(chat.state.phase.phase) && !chat.outbox.length && last?.choices;
  if (!isAsked) return false;
  const chips = isAsked.map(({ value, label }) =>
    button(".chip", () => chat.choose(value, label), label),
  );
  return h("div.chips", { key: `chips${last.seq}` }, ...chips);
}

/** Always there, so that what appears in it is announced. */
export function typingOf({ chat, t, lang }: Shown): Spec {
  const { typing, agent } = chat.state;
  const name = nameOf(agent, lang) || t("agent_sub");
  const dots = h("div.bub.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return h(
    "div.msg.theirs",
    { role: "status" },
    typing && avatar(name),
    typing && dots,
    typing && hidden(t("typing", { name })),
  );
}
