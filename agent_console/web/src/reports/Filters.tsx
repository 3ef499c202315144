import { both } from "../i18n/index.ts";
import { channelName, Input, Select } from "../ui/index.ts";
import { choose, chosen, report } from "./model.ts";
import { t } from "./texts.ts";

const CHANNELS = ["web_chat", "phone", "sms", "email", "task"];
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

/** Days, queue, team, channel; a change is asked for at once. */
export function Filters() {
  const now = chosen.value;
  const found = report.value;
  const first = now.first || (found?.today ?? "");
  const last = now.last || first;
  const queues = Object.entries(found?.names.queues ?? {});
  const teams = new Set(Object.values(found?.names.agents ?? {}).map((one) => one.team));
  const setDays = (from: string, to: string): void => {
    if (isRange(from, to)) choose({ first: from, last: to });
    else choose({ first: from, last: from });
  };
  return (
    <form class="rep-filters" onSubmit={(event) => event.preventDefault()}>
      <Input
        label={t("first_day")}
        type="date"
        value={first}
        max={found?.today}
        onInput={(day) => day && setDays(day, last < day ? day : last)}
      />
      <Input
        label={t("last_day")}
        type="date"
        value={last}
        max={found?.today}
        onInput={(day) => day && setDays(first > day ? day : first, day)}
      />
      <Select label={t("queue")} value={now.queue_id} onChange={(id) => choose({ queue_id: id })}>
        <option value="">{t("all")}</option>
        {queues.map(([id, name]) => (
          <option key={id} value={id}>
            {both(name)}
          </option>
        ))}
      </Select>
      <Select label={t("channel")} value={now.channel} onChange={(id) => choose({ channel: id })}>
        <option value="">{t("all")}</option>
        {CHANNELS.map((id) => (
          <option key={id} value={id}>
            {channelName(id)}
          </option>
        ))}
      </Select>
      <Select label={t("team")} value={now.team} onChange={(id) => choose({ team: id })}>
        <option value="">{t("all")}</option>
        {[...teams]
          .filter(Boolean)
          .toSorted()
          .map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </Select>
      {now.team && <p class="t12 t3">{t("team_hint")}</p>}
    </form>
  );
}

const isRange = (from: string, to: string): boolean =>
  from <= to && (Date.parse(to) - Date.parse(from)) / DAY_MS < MOST_DAYS;
