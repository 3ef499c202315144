/** Where the customer writes. */

import { h, icon, iconButton, named, type Spec } from "./render.ts";
import type { Shown } from "./shown.ts";

export function composerOf({ chat, t }: Shown): Spec | false {
  const { phase } = chat.state.phase;
  if (phase === "rate" && !chat.isRated) return false;
  const isOver = phase === "closed" || phase === "rate";
  const words = t(isOver ? "placeholder_closed" : "placeholder");
  const send = (box: HTMLTextAreaElement): void => {
    const text = box.value.trim();
    if (text) chat.say(text);
    box.value = "";
    fit(box);
    box.focus();
  };
  const input = ({ target }: { target: HTMLTextAreaElement }): void => {
    fit(target);
    chat.typed(target.value !== "");
  };
  const keydown = (event: KeyboardEvent): void => {
    // While a Chinese word is being composed, Enter belongs to the input method (229: Safari).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    send(event.target as HTMLTextAreaElement);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send((event.target as HTMLFormElement).querySelector("textarea")!);
  };
  // The input for files stands before its button.
  const pick = (event: Event): void =>
    ((event.currentTarget as Element).previousSibling as HTMLElement).click();
  const picked = ({ target }: { target: HTMLInputElement }): void => {
    chat.attach(target.files);
    target.value = "";
  };
  return h(
    "form",
    { key: "in", submit },
    h(
      "div.in",
      {},
      h("input", {
        type: "file",
        multiple: true,
        hidden: true,
        accept: chat.state.files.media_types.join() || null,
        change: picked,
      }),
      iconButton(t("attach"), pick, "clip"),
      h("textarea", {
        rows: 1,
        maxlength: 8000,
        enterkeyhint: "send",
        placeholder: words,
        "aria-label": words,
        input,
        keydown,
        paste: (event: ClipboardEvent) => chat.attach(event.clipboardData?.files),
      }),
      h("button.go", named(t("send")), icon("send")),
    ),
    h("div.foot", {}, t("recorded")),
  );
}

/** As high as its text, up to what the style allows. */
function fit(box: HTMLTextAreaElement): void {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
