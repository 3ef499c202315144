import { computed, signal } from "@preact/signals";
import type { AgentTile } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { recall, remember } from "../../lib/memory.ts";
import { Button, ChannelTile, Empty, Icon, Segmented } from "../../ui/index.ts";
import { type AgentFilter, countGroups, GROUPS, inGroup, isAway } from "../model/agents.ts";
import { agentFilter } from "../model/filters.ts";
import { agents, may } from "../model/store.ts";
import { t } from "../texts.ts";
import { AgentTable } from "./AgentTable.tsx";
import { PresenceMenu } from "./PresenceMenu.tsx";
import { AgentAvatar, DOT, phoneHelp, stateWord, TimeInState, whereWord } from "./state.tsx";

type Look = "cards" | "list";
const KEY = "wallboard.agents";
const look = signal<Look>(recall(KEY) === "list" ? "list" : "cards");
const all = computed(() => Object.values(agents.value));
const counts = computed(() => countGroups(all.value));
const signedIn = computed(() => all.value.filter((one) => !isAway(one)).length);
const shown = computed(() => inGroup(all.value, agentFilter.value));

/** Who is here and what they do. */
export function Agents() {
  const list = shown.value;
  return (
    <section class="card s5 agents-card" aria-labelledby="agents-h" data-part tabIndex={-1}>
      <div class="card-h">
        <h2 id="agents-h">{t("agents")}</h2>
        <span class="t12 t3">{t("signed_in_count", { count: signedIn.value })}</span>
        <span class="push">
          <Choice />
        </span>
      </div>
      <States />
      {list.length === 0 ? (
        <Nobody />
      ) : look.value === "list" ? (
        <AgentTable list={list} />
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-label={t("agents")}>
          <ul class="agents">
            {list.map((agent) => (
              <Card key={agent.id} agent={agent} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Choice() {
  const item = (id: Look, icon: "users" | "list") => ({
    id,
    label: (
      <>
        <Icon name={icon} size={14} />
        <span class="sr">{t(`as_${id}`)}</span>
      </>
    ),
  });
  const choose = (id: Look): void => {
    look.value = id;
    remember(KEY, id);
  };
  return (
    <Segmented
      label={t("show_as")}
      items={[item("cards", "users"), item("list", "list")]}
      chosen={look.value}
      onChoose={choose}
    />
  );
}

const FILTERS: readonly AgentFilter[] = ["all", ...GROUPS];

function States() {
  return (
    <div class="states" role="group" aria-label={t("filter_agents")}>
      {FILTERS.map((id) => (
        <button
          key={id}
          type="button"
          class="chip"
          aria-pressed={agentFilter.value === id}
          onClick={() => (agentFilter.value = id)}
        >
          {id !== "all" && <span class={`dot pr ${DOT[id]}`} />}
          {t(`group_${id}`)} <b>{counts.value[id]}</b>
        </button>
      ))}
    </div>
  );
}

function Nobody() {
  if (agentFilter.value === "all") {
    return <Empty icon="users" title={t("no_agents")} text={t("no_agents_more")} />;
  }
  return (
    <Empty icon="filter" title={t("no_agents_here")}>
      <Button size="s" onClick={() => (agentFilter.value = "all")}>
        {t("show_all")}
      </Button>
    </Empty>
  );
}

function Card({ agent }: { agent: AgentTile }) {
  const inside = <Inside agent={agent} />;
  const name = both(agent.name);
  const says = t("agent_says", { agent: name, state: stateWord(agent) });
  const label = [says, phoneHelp(agent)].filter(Boolean).join(" ");
  return (
    <li>
      {may("change_presence_of_others") ? (
        <PresenceMenu agentId={agent.id} name={name} class="ag" label={label}>
          {inside}
        </PresenceMenu>
      ) : (
        <div class="ag" title={phoneHelp(agent) || undefined}>
          {inside}
        </div>
      )}
    </li>
  );
}

function Inside({ agent }: { agent: AgentTile }) {
  const channels = [...new Set(agent.contacts.map((one) => one.channel))];
  return (
    <>
      <AgentAvatar agent={agent} />
      <span class="grow">
        <span class="row row-1">
          <b class="fw6 trunc">{both(agent.name)}</b>
          <span class="row row-1 push">
            {channels.map((channel) => (
              <ChannelTile key={channel} channel={channel} size={20} />
            ))}
          </span>
        </span>
        <span class="row row-1 t12 t2">
          <span class="trunc">
            {[stateWord(agent), whereWord(agent)].filter(Boolean).join(" · ")}
          </span>
          <span class="push">
            <TimeInState agent={agent} />
          </span>
        </span>
      </span>
    </>
  );
}
