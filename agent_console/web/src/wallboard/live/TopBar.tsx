import { clockTime, both, span } from "../../i18n/index.ts";
import { signOut } from "../../lib/http.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { showShortcuts } from "../../keys/ShortcutList.tsx";
import { Avatar, Button, Count, Icon, Menu, type MenuItem } from "../../ui/index.ts";
import { announcing } from "../announce/AnnounceDialog.tsx";
import { t as says } from "../announce/texts.ts";
import { hanging } from "../displays/DisplaysDialog.tsx";
import { t as displays } from "../displays/texts.ts";
import { age, announcements, feed, may, me, old, switches, totals } from "../model/store.ts";
import { openSwitches } from "../switches/SwitchDialog.tsx";
import { t as switchWords } from "../switches/texts.ts";
import { t } from "../texts.ts";

export function TopBar() {
  return (
    <header class="topbar">
      <h1>{t("live_operations")}</h1>
      <Freshness />
      <div class="push" />
      <Switches />
      <Announce />
      <Account />
    </header>
  );
}

/** Opens what self-service may do; the count says that something is off. */
function Switches() {
  useShortcuts([{ keys: "Alt+KeyO", label: switchWords("title"), run: openSwitches }]);
  if (!may("steer_contacts")) return null;
  const count = switches.value.length;
  return (
    <Button size="s" icon="bot" onClick={openSwitches}>
      {switchWords(count > 0 ? "off_now" : "title")}
      {count > 0 && <Count>{count}</Count>}
    </Button>
  );
}

/** Opens what is said to all; the count says that something is. */
function Announce() {
  if (!may("announce")) return null;
  const count = announcements.value.length;
  return (
    <Button size="s" icon="bell" onClick={() => (announcing.value = true)}>
      {says(count > 0 ? "announcements" : "announce")}
      {count > 0 && <Count>{count}</Count>}
    </Button>
  );
}

/** Says when the figures were computed; when they are old, how old. */
function Freshness() {
  const today = totals.value;
  if (!today) return <span class="t12 t3">{t("connecting")}</span>;
  if (old.value || feed.link.value.phase !== "live") {
    return (
      <span class="row t12 risk fw6">
        <Icon name="clock" size={14} />
        <Age />
      </span>
    );
  }
  return (
    <span class="row t12 t3 tnum">
      <span class="livedot" />
      {t("live_at", { time: seconds(today.computed_at) })}
    </span>
  );
}

const Age = () => <span class="tnum">{t("figures_old", { time: span(age.value) })}</span>;

/** "14:11:08": the seconds are the same in every zone. */
const seconds = (at: number): string =>
  `${clockTime(at)}:${String(Math.floor(at % 60)).padStart(2, "0")}`;

const screensItem = (): MenuItem => ({
  id: "screens",
  label: displays("displays"),
  mark: <Icon name="monitor" />,
  onPick: () => (hanging.value = true),
});

function Account() {
  const person = me.value;
  if (!person) return null;
  const name = both(person.name);
  const items = [
    {
      id: "keys",
      label: t("shortcuts"),
      mark: <Icon name="keyboard" />,
      heading: name,
      onPick: showShortcuts,
    },
    {
      id: "mine",
      label: t("my_account"),
      mark: <Icon name="user" />,
      onPick: () => location.assign("/console/account"),
    },
    ...(may("steer_contacts") ? [screensItem()] : []),
    {
      id: "out",
      label: t("sign_out"),
      mark: <Icon name="sign-out" />,
      onPick: () => void signOut().then((left) => left || location.assign("/console")),
    },
  ];
  return (
    <Menu class="account" label={`${t("account_menu")}: ${name}`} title={name} items={items}>
      <Avatar name={name} seed={person.id} />
    </Menu>
  );
}
