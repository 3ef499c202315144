import { useState } from "preact/hooks";
import type { AgentLine, DayReport, SurveyLine } from "../contract/reports.ts";
import { number } from "../i18n/index.ts";
import { Empty, Tabs } from "../ui/index.ts";
import { WaitCells, WaitHeads } from "./ChartCard.tsx";
import { ContactList } from "./ContactList.tsx";
import { mean, time } from "./figures.ts";
import { agentName, queueName, teamOf } from "./model.ts";
import { t } from "./texts.ts";

const PANEL = "rep-list";
const LISTS = ["queues", "agents", "contacts", "surveys"] as const;
type ListId = (typeof LISTS)[number];

/** Queues, agents, contacts and surveys of the chosen days. */
export function Lists({ found }: { found: DayReport }) {
  const [open, setOpen] = useState<ListId>("queues");
  return (
    <section class="card rep-lists" aria-label={t("lists")}>
      <Tabs
        label={t("lists")}
        items={LISTS.map((id) => ({ id, label: t(id) }))}
        chosen={open}
        onChoose={setOpen}
        panel={PANEL}
      />
      <div id={PANEL} role="tabpanel" aria-labelledby={`${PANEL}-tab-${open}`} class="rep-wide">
        {open === "queues" && <Queues found={found} />}
        {open === "agents" && <Agents agents={found.agents} />}
        {open === "contacts" && <ContactList key={`${found.first} ${found.last}`} found={found} />}
        {open === "surveys" && <Surveys found={found} />}
      </div>
    </section>
  );
}

const Nothing = () => <Empty icon="chart" title={t("nothing")} text={t("nothing_more")} />;

function Queues({ found }: { found: DayReport }) {
  if (found.queues.length === 0) return <Nothing />;
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col">{t("queue")}</th>
          <WaitHeads />
        </tr>
      </thead>
      <tbody>
        {found.queues.map((one) => (
          <tr key={one.queue_id}>
            <th scope="row">{queueName(one.queue_id)}</th>
            <WaitCells one={one} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WORK = [
  "handled",
  "average_handle",
  "accepted",
  "declined",
  "timed_out",
  "ratings",
  "average_score",
] as const;

function Agents({ agents }: { agents: readonly AgentLine[] }) {
  const sorted = agents.toSorted((a, b) =>
    agentName(a.agent_id).localeCompare(agentName(b.agent_id)),
  );
  if (agents.length === 0) return <Nothing />;
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col">{t("agent")}</th>
          <th scope="col">{t("team")}</th>
          {WORK.map((key) => (
            <th key={key} scope="col" class="num">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((one) => (
          <tr key={one.agent_id}>
            <th scope="row">{agentName(one.agent_id)}</th>
            <td>{teamOf(one.agent_id)}</td>
            <td class="num">{number(one.handled)}</td>
            <td class="num">{time(one.average_handle_seconds)}</td>
            <td class="num">{number(one.accepted)}</td>
            <td class="num">{number(one.declined)}</td>
            <td class="num">{number(one.timed_out)}</td>
            <td class="num">{number(one.answers)}</td>
            <td class="num">{mean(one.average_score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SCORES = ["5", "4", "3", "2", "1"];

function Surveys({ found }: { found: DayReport }) {
  const lines: Array<[string, SurveyLine]> = [
    [t("all"), found.surveys.total],
    ...found.surveys.queues.map((one): [string, SurveyLine] => [queueName(one.queue_id), one]),
    ...found.surveys.agents
      .filter((one) => one.agent_id)
      .map((one): [string, SurveyLine] => [agentName(one.agent_id), one]),
  ];
  if (found.surveys.total.offered + found.surveys.total.answers === 0) return <Nothing />;
  return (
    <table class="tbl">
      <thead>
        <tr>
          <th scope="col">{`${t("queue")} / ${t("agent")}`}</th>
          <th scope="col" class="num">
            {t("surveys_offered")}
          </th>
          <th scope="col" class="num">
            {t("surveys_answered")}
          </th>
          <th scope="col" class="num">
            {t("average_score")}
          </th>
          {SCORES.map((score) => (
            <th key={score} scope="col" class="num">
              {t("rating_of", { score })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, one], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td class="num">{number(one.offered)}</td>
            <td class="num">{number(one.answers)}</td>
            <td class="num">{mean(one.average)}</td>
            {SCORES.map((score) => (
              <td key={score} class="num">
                {number(one.by_score[score] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
