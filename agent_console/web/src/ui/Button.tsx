import type { ComponentChildren, ComponentProps } from "preact";
import { ariaKeys, showKeys } from "../keys/combo.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon-names.ts";
import { Kbd } from "./Kbd.tsx";

type Native = Omit<ComponentProps<"button">, "icon" | "size" | "label">;

export interface ButtonProps extends Native {
  /** primary: one per area; ok: accept only; danger: a final act; danger-text: towards one */
  kind?: "default" | "primary" | "ok" | "danger" | "danger-text" | "ghost";
  size?: "s" | "m" | "l" | "xl";
  icon?: IconName;
  /** A combination of the keyboard map, shown on the control: "Alt+KeyA". */
  keys?: string;
  wide?: boolean;
  children?: ComponentChildren;
}

const KIND = {
  default: "",
  primary: "btn-p",
  ok: "btn-ok",
  danger: "btn-d",
  "danger-text": "btn-dt",
  ghost: "btn-g",
};

export function Button(props: ButtonProps) {
  const {
    kind = "default",
    size = "m",
    icon,
    keys,
    wide,
    class: extra = "",
    children,
    ...rest
  } = props;
  const sizes = size === "m" ? "" : `btn-${size}`;
  return (
    <button
      type="button"
      aria-keyshortcuts={keys && ariaKeys(keys)}
      {...rest}
      class={`btn ${KIND[kind]} ${sizes} ${wide ? "btn-w" : ""} ${String(extra)}`}
    >
      {icon && <Icon name={icon} size={size === "s" ? 14 : 16} />}
      {children}
      {keys && <Kbd keys={keys} />}
    </button>
  );
}

export interface IconButtonProps extends Native {
  icon: IconName;
  /** The accessible name; with the shortcut it is also the tooltip. */
  label: string;
  keys?: string;
  size?: 24 | 28 | 32;
}

const EDGE = { 24: "ib-24", 28: "", 32: "ib-m" };

export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, size = 28, class: extra = "", children, ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={keys ? `${label} (${showKeys(keys)})` : label}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      {...rest}
      class={`ib ${EDGE[size]} ${String(extra)}`}
    >
      <Icon name={icon} size={size === 24 ? 14 : 16} />
      {children}
    </button>
  );
}
