import type { ComponentChildren } from "preact";
import type { AgentTile, PresenceState } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Icon, Menu, type MenuItem, PresenceDot } from "../../ui/index.ts";
import { takeBack, takeBackWords } from "../lend/lend.ts";
import { t as help } from "../lend/texts.ts";
import { titleOf } from "../model/names.ts";
import { agents, contacts, may, setup } from "../model/store.ts";
import { canWatch, movingWorkOf, setPresenceOf, watch } from "../model/watch.ts";
import { t } from "../texts.ts";

interface Props {
  agentId: string;
  /** The agent's name. */
  name: string;
  class: string;
  /** The name of the button where its content does not say it. */
  label?: string;
  children: ComponentChildren;
}

/** What can be done for one agent: change the presence, read their chats. */
export function PresenceMenu({ agentId, name, class: look, label, children }: Props) {
  return (
    <Menu
      class={look}
      label={label ?? `${t("change_presence")}: ${name}`}
      named={label !== undefined}
      title={t("change_presence")}
      items={() => itemsOf(agentId)}
      digits
    >
      {children}
    </Menu>
  );
}

function itemsOf(agentId: string): MenuItem[] {
  const agent = agents.value[agentId];
  return [
    ...presences(agentId, agent),
    ...moveWork(agentId, agent),
    ...assists(agent),
    ...(agent ? chats(agent) : []),
  ];
}

const STATES: readonly PresenceState[] = ["available", "break", "training", "offline"];

/** Each presence, or each reason of it where the bank asks for one. */
function presences(agentId: string, agent: AgentTile | undefined): MenuItem[] {
  if (!may("change_presence_of_others")) return [];
  const items = STATES.flatMap((presence) => {
    const reasons = setup.value?.presence_reasons.filter((one) => one.presence === presence) ?? [];
    const word = t(`presence_${presence}`);
    const plain = [{ code: "", label: word }];
    const named = reasons.map((one) => ({ code: one.code, label: `${word} · ${both(one.label)}` }));
    return (named.length > 0 ? named : plain).map(({ code, label }) => ({
      id: `${presence} ${code}`,
      label,
      mark: <PresenceDot presence={presence} />,
      checked: agent?.presence === presence && (code === "" || agent.presence_reason === code),
      onPick: () => void setPresenceOf(agentId, presence, code),
    }));
  });
  return items.map((item, n) => (n === 0 ? { ...item, heading: t("change_presence") } : item));
}

/** For one who has something in hand and cannot go on. */
function moveWork(agentId: string, agent: AgentTile | undefined): MenuItem[] {
  if (!may("steer_contacts") || !agent || agent.contacts.length === 0) return [];
  return [
    {
      id: "move_work",
      label: t("move_work"),
      mark: <Icon name="transfer" />,
      onPick: () => (movingWorkOf.value = agentId),
    },
  ];
}

/** What is lent to the agent, to be taken back before its time. */
function assists(agent: AgentTile | undefined): MenuItem[] {
  if (!may("lend_agents") || !agent) return [];
  return agent.assists.map((one, n) => ({
    id: one.id,
    label: takeBackWords(one),
    mark: <Icon name="arrow-l" />,
    ...(n === 0 ? { heading: help("helps_heading") } : {}),
    onPick: () => void takeBack(agent.id, one.id),
  }));
}

function chats(agent: AgentTile): MenuItem[] {
  if (!may("watch_contacts")) return [];
  const rows = agent.contacts
    .map((one) => contacts.value[one.id])
    .filter((one) => one !== undefined)
    .filter(canWatch);
  return rows.map((row, n) => ({
    id: row.id,
    label: t("read_contact", { customer: titleOf(row) }),
    mark: <Icon name="eye" />,
    ...(n === 0 ? { heading: t("contacts_heading") } : {}),
    onPick: () => void watch(row.id),
  }));
}
