/** One line of the log: a message, one still on its way, or an event. */

import { eventLine, initials, moment, nameOf, pieces, size } from "../format.ts";
import type { FileInfo, Message } from "../frames.ts";
import { asMessage, type Pending } from "../outbox.ts";
import { isTextKey } from "../texts.ts";
import { button, h, hidden, icon, type Kid, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

export const eventLineOf = (message: Message, { lang, chat }: Shown): Spec =>
  h(
    "div.ev",
    {},
    icon(message.event === "closed" ? "check" : "info"),
    eventLine(message, lang, chat.now),
  );

/** Somebody else's. `isLed`: the next one is theirs too, so face and time wait for it. */
export function theirs(message: Message, shown: Shown, isLed: boolean): Spec {
  // Receipts are the bank's own words: no person said them either.
  const isBot = message.speaker !== "agent";
  const name = isBot ? shown.assistant : nameOf(message.name, shown.lang);
  const time = !isLed && h("span.meta", {}, moment(shown.lang, message.at, shown.chat.now));
  const face = isLed ? h("span.av.none") : avatar(isBot ? "" : name);
  return h(
    "div.msg.theirs",
    {},
    face,
    h("div.body", {}, hidden(`${name}: `), content(message, shown), ...cards(message, shown), time),
  );
}

export function own(message: Message, shown: Shown): Spec {
  const { t, lang, chat } = shown;
  const isSeen = message.seq <= chat.state.seen;
  const tick = h(
    `span.tick${isSeen ? ".seen" : ""}`,
    {},
    icon(isSeen ? "checks" : "check"),
    hidden(t(isSeen ? "seen" : "sent")),
  );
  return mine(
    shown,
    content(message, shown),
    h("span.meta", {}, moment(lang, message.at, chat.now), tick),
  );
}

/** One's own that the hub does not have yet. */
export function pendingOf(pending: Pending, shown: Shown): Spec {
  const { t } = shown;
  const { progress } = pending;
  const words = t("sending");
  return mine(
    shown,
    content(asMessage(pending, 0, pending.at), shown),
    progress !== undefined && h("progress", { value: progress, "aria-label": words }),
    pending.failed ? failure(pending, shown) : h("span.meta", {}, words),
  );
}

function failure({ id, failed, file }: Pending, { t, chat }: Shown): Spec {
  const why = isTextKey(failed!)
    ? t(failed, { size: size(chat.state.files.max_bytes) })
    : t("failed");
  const isHopeless = failed!.startsWith("file_");
  return h(
    "span.meta.bad",
    { role: "alert" },
    icon("info"),
    why,
    !isHopeless && button(".link", () => chat.retry(id), t("retry")),
    file && button(".link", () => chat.remove(id), t("drop_it")),
  );
}

/** One's own words are not read back. */
const mine = ({ t }: Shown, ...kids: Kid[]): Spec =>
  h("div.msg.mine", { "aria-live": "off" }, h("div.body", {}, hidden(`${t("you")}: `), ...kids));

const content = (message: Message, shown: Shown): Spec =>
  message.file
    ? fileOf(message.file, message.seq > 0, shown)
    : h("div.bub", {}, ...pieces(message.text).map(linked));

/** Articles that may answer, to be read beside the talk. */
const cards = ({ articles = [] }: Message, { set }: Shown): Spec[] =>
  articles.map(({ slug, language, title, passage }) =>
    button(
      ".file",
      () => set({ help: `${slug}/${language}` }),
      h("span.grow", {}, h("b", {}, title), h("small", {}, passage)),
    ),
  );

const linked = ({ text, href }: { text: string; href?: string }): Kid =>
  href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text;

function fileOf(file: FileInfo, isThere: boolean, { chat }: Shown): Spec {
  const words = h("span.grow", {}, h("b", {}, file.name), h("small", {}, size(file.size_bytes)));
  const kids = [h("span.thumb", {}, icon("file")), words];
  return isThere
    ? button(".file", () => chat.openFile(file.id), ...kids)
    : h("div.file", {}, ...kids);
}

/** A person's first letters; the assistant's picture when there is no name. */
export const avatar = (name: string): Spec =>
  h(`span.av${name ? "" : ".bot"}`, { "aria-hidden": "true" }, name ? initials(name) : icon("bot"));
