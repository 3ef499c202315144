import { useState } from "preact/hooks";
import type { AgentTile, QueueTile } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { tick } from "../../lib/clock.ts";
import { Button, Dialog, Select } from "../../ui/index.ts";
import { agents, tiles } from "../model/store.ts";
import { t as words } from "../texts.ts";
import { type Gift, helpers, helping, lackedBy, lend, neededFor, skillName } from "./lend.ts";
import { t } from "./texts.ts";

const HOURS = [1, 2, 4] as const;

const close = (): void => {
  helping.value = null;
};

/** A supervisor gives an agent the queue and the skills that are missing, for some hours. */
export function LendDialog() {
  const tile = helping.value === null ? undefined : tiles.value[helping.value];
  return tile ? <Lend key={tile.id} tile={tile} /> : null;
}

function Lend({ tile }: { tile: QueueTile }) {
  const [agentId, setAgentId] = useState("");
  const [hours, setHours] = useState(0);
  const [tried, setTried] = useState(false);
  const needed = neededFor(tile);
  const list = helpers(tile.id, needed);
  const agent = agents.value[agentId];
  const gift = agent && lackedBy(agent, tile.id, needed);
  const queue = both(tile.name);
  const submit = (): void => {
    setTried(true);
    if (!gift) return;
    close();
    void lend(agentId, gift, hours === 0 ? null : tick.peek() + hours * 3600);
  };
  return (
    <Dialog
      title={t("lend_title", { queue })}
      size="s"
      onClose={close}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("lend_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("lend_more")}</p>
      <Select
        label={t("agent")}
        hint={list.length === 0 ? t("nobody_to_ask") : undefined}
        error={tried && !gift ? t("need_agent") : null}
        value={agentId}
        onChange={setAgentId}
      >
        <option value="">{t("choose")}</option>
        {list.map((one) => (
          <option key={one.id} value={one.id}>
            {optionOf(one)}
          </option>
        ))}
      </Select>
      {gift && <Given gift={gift} queue={queue} />}
      <Until hours={hours} onChoose={setHours} />
    </Dialog>
  );
}

const optionOf = (agent: AgentTile): string =>
  `${both(agent.name)} · ${words(`presence_${agent.presence}`)}`;

function Until({ hours, onChoose }: { hours: number; onChoose: (hours: number) => void }) {
  return (
    <Select
      label={t("until")}
      value={String(hours)}
      onChange={(chosen) => onChoose(Number(chosen))}
    >
      <option value="0">{t("until_midnight")}</option>
      {HOURS.map((count) => (
        <option key={count} value={String(count)}>
          {t("until_hours", { count })}
        </option>
      ))}
    </Select>
  );
}

function Given({ gift, queue }: { gift: Gift; queue: string }) {
  return (
    <div>
      <p class="t12 t3">{t("gives")}</p>
      <ul class="given">
        {gift.queue_id !== null && <li>{t("gives_queue", { queue })}</li>}
        {gift.skills.map(({ skill, level }) => (
          <li key={skill}>{t("gives_skill", { skill: skillName(skill), level })}</li>
        ))}
      </ul>
    </div>
  );
}
