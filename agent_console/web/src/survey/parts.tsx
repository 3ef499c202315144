/** What customers' pages by link share: the other language, and one thing to say. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { lang } from "../i18n/index.ts";
import { Icon, type IconName } from "../ui/index.ts";

/** The choice is of this page only: the staff's own language on a shared machine stays. */
export function LangLink({ word }: { word: string }) {
  const other = lang.value === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      class="btn btn-g sh-lang push"
      lang={other === "zh" ? "zh-Hans" : "en"}
      onClick={() => (lang.value = other)}
    >
      {word}
    </button>
  );
}

interface WordProps {
  icon: IconName;
  look?: "ok";
  title: string;
  text: string;
  children?: ComponentChildren;
}

/** One thing to say; it takes the focus, so that it is read when it replaces the form. */
export function Word({ icon, look, title, text, children }: WordProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <main class="sv word">
      <span class={look === "ok" ? "disc disc-ok" : "disc"}>
        <Icon name={icon} size={24} />
      </span>
      <div role="status">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="t2">{text}</p>
      </div>
      {children}
    </main>
  );
}
