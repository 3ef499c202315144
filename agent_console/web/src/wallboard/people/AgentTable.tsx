import type { AgentTile } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { may } from "../model/store.ts";
import { t } from "../texts.ts";
import { PresenceMenu } from "./PresenceMenu.tsx";
import { RowSpace } from "./RowSpace.tsx";
import { useRowsInView } from "./rowsInView.ts";
import { AgentAvatar, phoneHelp, stateWord, TimeInState, whereWord } from "./state.tsx";

/** The agents as a table, with their load. */
export function AgentTable({ list }: { list: readonly AgentTile[] }) {
  const { scroller, onScroll, from, to, above, below } = useRowsInView(list.length);
  return (
    <div
      ref={scroller}
      class="scroll"
      tabIndex={0}
      role="group"
      aria-label={t("agents")}
      onScroll={onScroll}
    >
      <table class="tbl" aria-rowcount={list.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{t("col_agent")}</th>
            <th scope="col">{t("col_state")}</th>
            <th scope="col" class="num">
              {t("col_load")}
            </th>
            <th scope="col" class="num">
              {t("col_time")}
            </th>
            <th scope="col">
              <span class="sr">{t("col_more")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <RowSpace height={above} />
          {list.slice(from, to).map((agent, n) => (
            <Row key={agent.id} agent={agent} index={from + n + 2} />
          ))}
          <RowSpace height={below} />
        </tbody>
      </table>
    </div>
  );
}

function Row({ agent, index }: { agent: AgentTile; index: number }) {
  const load = { load: agent.load_units, capacity: agent.capacity_units };
  return (
    <tr aria-rowindex={index}>
      <td>
        <span class="row">
          <AgentAvatar agent={agent} size={20} />
          <b class="fw5">{both(agent.name)}</b>
        </span>
      </td>
      <td class="t2" title={phoneHelp(agent) || undefined}>
        {[stateWord(agent), whereWord(agent)].filter(Boolean).join(" · ")}
      </td>
      <td class="num">{t("load_of", load)}</td>
      <td class="num">
        <TimeInState agent={agent} />
      </td>
      <td class="num">
        {may("change_presence_of_others") && (
          <PresenceMenu agentId={agent.id} name={both(agent.name)} class="ib">
            <Icon name="more" />
          </PresenceMenu>
        )}
      </td>
    </tr>
  );
}
