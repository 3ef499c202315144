/** The staff frame: rail, top bar, language and theme. */
import type { ComponentChildren } from "preact";
import { t } from "../i18n/common.ts";
import { lang, setLang } from "../i18n/lang.ts";
import { setTheme, theme, type Theme } from "../lib/theme.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon-names.ts";
import { Menu } from "./Menu.tsx";

/** The mark of the product; replace it here. */
export function BrandMark({ size = 32 }: { size?: number }) {
  return (
    <svg class="brandmark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#2a64c0" />
      <path
        d="M9 22V10.5l14 11V10"
        fill="none"
        stroke="#fff"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export interface RailLink {
  href: string;
  label: string;
  icon: IconName;
  current: boolean;
  /** A number that asks for attention. */
  tick?: number;
}

export function Rail({
  links,
  children,
}: {
  links: readonly RailLink[];
  children?: ComponentChildren;
}) {
  return (
    <nav class="rail" aria-label={t("main_navigation")}>
      <BrandMark />
      {links.map((link) => (
        <a
          key={link.href}
          href={link.href}
          aria-label={link.label}
          title={link.label}
          aria-current={link.current ? "page" : undefined}
        >
          <Icon name={link.icon} />
          {link.tick ? <span class="tick">{link.tick}</span> : null}
        </a>
      ))}
      <span class="sp" />
      {children}
      <LangButton class="rail-b" />
      <ThemeButton class="rail-b" />
    </nav>
  );
}

/** Switches to the other language at once; nothing typed is lost. */
export function LangButton({ class: look, words = false }: { class: string; words?: boolean }) {
  const other = lang.value === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      class={look}
      lang={other === "zh" ? "zh-Hans" : "en"}
      title={t("language_switch")}
      aria-label={t("language_switch")}
      onClick={() => setLang(other)}
    >
      <Icon name="globe" />
      {words && t("language_switch")}
    </button>
  );
}

const THEMES: ReadonlyArray<{ id: Theme; icon: IconName }> = [
  { id: "system", icon: "monitor" },
  { id: "light", icon: "sun" },
  { id: "dark", icon: "moon" },
];

export function ThemeButton({ class: look }: { class: string }) {
  const items = THEMES.map(({ id, icon }) => ({
    id,
    label: t(`theme_${id}`),
    mark: <Icon name={icon} />,
    checked: theme.value === id,
    onPick: () => setTheme(id),
  }));
  return (
    <Menu class={look} label={t("theme")} title={t("theme")} items={items}>
      <Icon name={theme.value === "dark" ? "moon" : theme.value === "light" ? "sun" : "monitor"} />
    </Menu>
  );
}
