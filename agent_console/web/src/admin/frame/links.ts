/** The pages that somebody may open, for the rail. */
import type { IconName } from "../../ui/index.ts";
import type { RailLink } from "../../ui/index.ts";
import { may } from "./session.ts";
import { t } from "./texts.ts";

type Text = Parameters<typeof t>[0];

const PAGES: ReadonlyArray<{ href: string; text: Text; icon: IconName; right: string | null }> = [
  { href: "/console", text: "my_work", icon: "inbox", right: "handle_contacts" },
  { href: "/console/wallboard", text: "live_operations", icon: "pulse", right: "see_wallboard" },
  { href: "/console/reports", text: "reports", icon: "chart", right: "see_reports" },
  { href: "/console/articles", text: "articles", icon: "book", right: "edit_articles" },
  { href: "/console/replies", text: "replies", icon: "reply", right: "edit_articles" },
  { href: "/console/users", text: "users", icon: "users", right: "manage_users" },
  { href: "/console/assistant", text: "assistant", icon: "bot", right: "approve_setup" },
  { href: "/console/flows", text: "phone_flows", icon: "keypad", right: "approve_setup" },
  { href: "/console/accounts", text: "accounts", icon: "mail", right: "manage_setup" },
  { href: "/console/widget", text: "widget", icon: "chat", right: "manage_setup" },
  { href: "/console/audit", text: "audit", icon: "history", right: "read_audit" },
  { href: "/console/account", text: "my_account", icon: "user", right: null },
];

export function railLinks(here: string): RailLink[] {
  return PAGES.filter(({ right }) => right === null || may(right)).map(({ href, text, icon }) => ({
    href,
    label: t(text),
    icon,
    current: href === here,
  }));
}
