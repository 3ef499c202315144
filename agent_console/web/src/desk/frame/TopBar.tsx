import type { PresenceState, QueueStrip } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Avatar, Icon, Menu, PresenceDot, Since, slaOf, type MenuItem } from "../../ui/index.ts";
import { PhoneMenu } from "../calls/PhoneMenu.tsx";
import { leaveTheDesk } from "../hands/HandOver.tsx";
import { finishItems, nextWord } from "../hands/shift.tsx";
import { presenceReason } from "../model/names.ts";
import { feed, me, queues, setup } from "../model/store.ts";
import { t } from "../texts.ts";
import { openPalette } from "./Palette.tsx";
import { Kbd } from "../../ui/index.ts";

export function TopBar() {
  return (
    <header class="topbar">
      <h1>{t("my_work")}</h1>
      <button type="button" class="find" aria-keyshortcuts="Control+K" onClick={openPalette}>
        <Icon name="command" size={14} />
        {t("run_command")}
        <Kbd keys="Mod+KeyK" />
      </button>
      <ul class="queues row push row-3 t12 t2 hide-s" aria-label={t("queues")}>
        {Object.values(queues.value).map((queue) => (
          <QueueState key={queue.id} queue={queue} />
        ))}
      </ul>
      <span class="vr" />
      <PhoneMenu />
      <PresenceMenu />
      <PersonMenu />
    </header>
  );
}

const LOOK = { ok: "dot-ok", risk: "dot-risk", bad: "dot-bad" };

/** Waiting in one queue; the dot says whether the longest wait keeps the target. */
function QueueState({ queue }: { queue: QueueStrip }) {
  const since = queue.longest_wait_since;
  const left = since === null ? Infinity : queue.target_seconds - (tick.value - since);
  const state = slaOf(left, queue.target_seconds);
  const say = queue.open ? t(`queue_${state}`) : t("queue_closed");
  return (
    <li class="row row-1 nowrap" title={say}>
      <span class={`dot ${queue.open ? LOOK[state] : ""}`} />
      {both(queue.name)} <b class="fw6 tnum">{queue.waiting}</b> {t("waiting")}
      <span class="sr">, {say}</span>
    </li>
  );
}

async function declare(presence: string, reason: string): Promise<void> {
  done(await feed.send("set_presence", { presence, reason }));
}

function PresenceMenu() {
  const mine = me.value;
  if (!mine) return null;
  const link = feed.link.value;
  const lost = link.phase !== "live";
  const since = link.phase === "reconnecting" ? link.since : mine.presence_since;
  const presence = lost ? "reconnecting" : mine.presence;
  const reason = lost
    ? ""
    : nextWord() || (mine.presence_reason && presenceText(mine.presence_reason));
  const word = t(`presence_${presence}`);
  const choices: MenuItem[] = [
    choice("available", "", t("presence_available")),
    ...(setup.value?.presence_reasons ?? []).map((one, index, all) => ({
      ...choice(one.presence, one.code, both(one.label)),
      ...(all[index - 1]?.presence === one.presence
        ? {}
        : { heading: t(`presence_${one.presence}`) }),
    })),
    choice("offline", "", t("presence_offline")),
    ...finishItems(),
  ];
  return (
    <Menu
      class="presence"
      label={t("presence")}
      named
      title={t("presence")}
      keys="Alt+KeyP"
      digits
      items={choices}
    >
      <PresenceDot presence={presence} />
      <span class="sr">{t("presence")}: </span>
      <span>{word}</span>
      {reason && <span class="t2 fw5 hide-s">{reason}</span>}
      <Since at={since} />
      <Icon name="down" size={14} />
    </Menu>
  );
}

/** Reasons that the hub sets itself are not in the set-up. */
const SET_BY_HUB = ["missed", "signed_in", "connection_lost", "work_moved"] as const;

function presenceText(code: string): string {
  const known = SET_BY_HUB.find((one) => one === code);
  return known ? t(`reason_${known}`) : presenceReason(code);
}

function choice(
  presence: PresenceState,
  reason: string,
  label: string,
): MenuItem {
  const mine = me.value;
  return {
    id: `${presence} ${reason}`,
    label,
    mark: <PresenceDot presence={presence} />,
    checked: mine?.presence === presence && mine.presence_reason === reason,
    onPick: () => void declare(presence, reason),
  };
}

function PersonMenu() {
  const mine = me.value;
  if (!mine) return null;
  const name = both(mine.name);
  const items: MenuItem[] = [
    {
      id: "account",
      heading: name,
      label: t("my_account"),
      mark: <Icon name="user" />,
      onPick: () => location.assign("/console/account"),
    },
    {
      id: "sign_out",
      label: t("sign_out"),
      mark: <Icon name="sign-out" />,
      onPick: () => void leaveTheDesk(),
    },
  ];
  return (
    <Menu class="person" label={name} title={name} items={items}>
      <Avatar name={name} seed={mine.id} />
    </Menu>
  );
}
