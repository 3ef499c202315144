import { showShortcuts } from "../../keys/ShortcutList.tsx";
import type { Me } from "../../lib/http.ts";
import { Icon, Menu, Rail, toast, type MenuItem, type RailLink } from "../../ui/index.ts";
import { unreadTotal } from "../model/attention.ts";
import { sendWith, sounds } from "../model/settings.ts";
import { t } from "../texts.ts";
import { openView, views } from "../views/views.ts";

export function DeskRail({ me }: { me: Me }) {
  const unread = unreadTotal.value;
  const links: RailLink[] = [
    {
      href: "/console#work",
      label: unread ? t("my_work_unread", { count: unread }) : t("my_work"),
      icon: "inbox",
      current: openView.value === null,
      tick: unread,
    },
    ...pages(me),
  ];
  if (me.roles.includes("supervisor")) {
    const label = t("live_operations");
    links.push({ href: "/console/wallboard", label, icon: "gauge", current: false });
    const reports = t("reports");
    links.push({ href: "/console/reports", label: reports, icon: "chart", current: false });
  }
  return (
    <Rail links={links}>
      <Settings />
    </Rail>
  );
}

const pages = (me: Me): RailLink[] =>
  views
    .filter((one) => one.isThere?.() ?? true)
    .filter((one) => !one.right || me.rights.includes(one.right))
    .map((one) => ({
      href: `/console#${one.id}`,
      label: one.label(),
      icon: one.icon,
      current: openView.value === one,
      tick: one.tick?.() ?? 0,
    }));

function Settings() {
  const items: MenuItem[] = [
    {
      id: "sound",
      label: t("sounds"),
      mark: <Icon name={sounds.value === "on" ? "volume" : "mute"} />,
      checked: sounds.value === "on",
      hint: <span class="t12 t3">{t(sounds.value === "on" ? "on" : "off")}</span>,
      onPick: () => (sounds.value = sounds.value === "on" ? "off" : "on"),
    },
    ...notices(),
    {
      id: "send_mod",
      heading: t("send_with"),
      label: t("send_mod_enter"),
      checked: sendWith.value === "mod_enter",
      mark: <Chosen yes={sendWith.value === "mod_enter"} />,
      onPick: () => (sendWith.value = "mod_enter"),
    },
    {
      id: "send_enter",
      label: t("send_enter"),
      checked: sendWith.value === "enter",
      mark: <Chosen yes={sendWith.value === "enter"} />,
      onPick: () => (sendWith.value = "enter"),
    },
    {
      id: "keys",
      heading: t("help"),
      label: t("shortcuts"),
      mark: <Icon name="keyboard" />,
      hint: <kbd>?</kbd>,
      onPick: showShortcuts,
    },
  ];
  return (
    <Menu class="rail-b" label={t("settings")} title={t("settings")} items={items}>
      <Icon name="cog" />
    </Menu>
  );
}

/** The choice is the browser's: it can be asked once, and is only shown after that. */
function notices(): MenuItem[] {
  if (!("Notification" in window) || Notification.permission !== "default") return [];
  const ask = async (): Promise<void> => {
    const answer = await Notification.requestPermission();
    const granted = answer === "granted";
    toast({ tone: granted ? "ok" : "risk", title: t(granted ? "notices_on" : "notices_off") });
  };
  return [
    {
      id: "notices",
      label: t("notices_ask"),
      mark: <Icon name="bell" />,
      onPick: () => void ask(),
    },
  ];
}

const Chosen = ({ yes }: { yes: boolean }) =>
  yes ? <Icon name="check" /> : <span class="ic" aria-hidden="true" />;
