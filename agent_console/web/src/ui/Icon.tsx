import type { IconName } from "./icon-names.ts";
import sprite from "./icons.svg?url";

export interface IconProps {
  name: IconName;
  /** Edge in pixels; 16 unless told. */
  size?: 12 | 14 | 16 | 18 | 20 | 24;
  class?: string;
}

/** Decorative: the control that holds it carries the name. */
export function Icon({ name, size = 16, class: extra = "" }: IconProps) {
  return (
    <svg
      class={`ic ${size === 16 ? "" : `ic-${size}`} ${extra}`}
      aria-hidden="true"
      focusable="false"
    >
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
