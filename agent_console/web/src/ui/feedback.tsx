/** Lasting conditions, nothing here, not here yet. */
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon-names.ts";

export interface BannerProps {
  tone?: "plain" | "info" | "ok" | "risk" | "bad";
  icon?: IconName;
  role?: "status" | "alert";
  class?: string;
  children: ComponentChildren;
}

export function Banner({
  tone = "plain",
  icon = "info",
  role,
  class: extra = "",
  children,
}: BannerProps) {
  return (
    <div class={`banner ${tone === "plain" ? "" : `banner-${tone}`} ${extra}`} role={role}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
    </div>
  );
}

export interface EmptyProps {
  icon: IconName;
  title: string;
  text?: string;
  children?: ComponentChildren;
}

/** Nothing here: say so, say what happens next, offer one quiet action as child. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="disc">
        <Icon name={icon} size={20} />
      </span>
      <b>{title}</b>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

/** Lines in the shape of what comes. Widths in percent. */
export function Skeleton({ lines }: { lines: readonly number[] }) {
  return (
    <div class="sk-lines" aria-hidden="true">
      {lines.map((width, index) => (
        <div key={index} class="sk" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
