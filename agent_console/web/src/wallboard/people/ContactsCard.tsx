import { computed, signal } from "@preact/signals";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Count, Empty, Icon } from "../../ui/index.ts";
import {
  attentionRows,
  botRows,
  filterRows,
  nextAttention,
  overRows,
  peopleRows,
  rowFilter,
  tableRows,
} from "../model/filters.ts";
import { queueName } from "../model/names.ts";
import { isFiltered, NO_FILTER } from "../model/rows.ts";
import { t } from "../texts.ts";
import { ContactRow } from "./ContactRow.tsx";

const STEP = 60;
/** How many rows are drawn; the rest comes on demand, so that a busy day stays smooth. */
const room = signal(STEP);
/** All of the kind that is shown, whatever else the filter hides. */
const all = computed(() => (rowFilter.value.bot ? botRows : peopleRows).value.length);

/** Who waits and who is served, with what a supervisor may do about it. */
export function ContactsCard() {
  useShortcuts([{ keys: "Alt+KeyU", label: t("next_attention"), run: nextAttention }]);
  const rows = tableRows.value;
  return (
    <section
      class="card s7 contacts-card"
      id="contacts"
      aria-labelledby="contacts-h"
      data-part
      tabIndex={-1}
    >
      <Head />
      {rows.length === 0 ? (
        <NoRows />
      ) : (
        <div
          class="scroll"
          tabIndex={0}
          role="group"
          aria-label={t("contacts")}
          onPointerEnter={() => (overRows.value = true)}
          onPointerLeave={() => (overRows.value = false)}
        >
          <table class="tbl">
            <TableHead />
            <tbody>
              {rows.slice(0, room.value).map((row) => (
                <ContactRow key={row.id} row={row} />
              ))}
            </tbody>
          </table>
          {rows.length > room.value && <More left={rows.length - room.value} />}
        </div>
      )}
    </section>
  );
}

function Head() {
  const { bot, attention, queueId, text } = rowFilter.value;
  return (
    <div class="card-h wrap">
      <h2 id="contacts-h">{t("contacts")}</h2>
      <Count>{all.value}</Count>
      <div class="row push wrap">
        {queueId !== null && (
          <button
            type="button"
            class="chip"
            aria-pressed={true}
            title={t("clear_queue")}
            onClick={() => filterRows({ queueId: null })}
          >
            {queueName(queueId)}
            <Icon name="x" size={12} />
          </button>
        )}
        <button
          type="button"
          class="chip"
          aria-pressed={bot}
          onClick={() => (rowFilter.value = { ...NO_FILTER, bot: !bot })}
        >
          {t("state_bot")} <b class="fw6">{botRows.value.length}</b>
        </button>
        <button
          type="button"
          class="chip"
          aria-pressed={attention}
          onClick={() => filterRows({ attention: !attention, bot: false })}
        >
          {t("needs_attention")} <b class="fw6">{attentionRows.value.length}</b>
        </button>
        <label class="inx find-row">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label={t("find_contact")}
            placeholder={t("find_short")}
            title={t("find_contact")}
            value={text}
            onInput={(event) => filterRows({ text: event.currentTarget.value })}
          />
        </label>
      </div>
    </div>
  );
}

function TableHead() {
  return (
    <thead>
      <tr>
        <th scope="col">{t("col_customer")}</th>
        <th scope="col">{t("col_queue")}</th>
        <th scope="col">{t("col_agent")}</th>
        <th scope="col" class="num">
          {t("col_time")}
        </th>
        <th scope="col">{t("col_flag")}</th>
        <th scope="col" class="num">
          {t("col_watch")}
        </th>
      </tr>
    </thead>
  );
}

function More({ left }: { left: number }) {
  return (
    <div class="more-rows">
      <Button size="s" onClick={() => (room.value += STEP)}>
        {t("show_more", { count: Math.min(STEP, left) })}
      </Button>
    </div>
  );
}

function NoRows() {
  if (!isFiltered(rowFilter.value) || all.value === 0) {
    return rowFilter.value.bot ? (
      <Empty icon="bot" title={t("no_bot_contacts")} text={t("no_bot_contacts_more")} />
    ) : (
      <Empty icon="inbox" title={t("no_contacts")} text={t("no_contacts_more")} />
    );
  }
  const { bot, attention, queueId, text } = rowFilter.value;
  const filters = [
    attention && t("filter_attention"),
    queueId !== null && t("filter_queue", { queue: queueName(queueId) }),
    text.trim() && t("filter_text"),
  ].filter((one) => typeof one === "string");
  return (
    <Empty
      icon="filter"
      title={t("no_match")}
      text={t("no_match_more", { filters: filters.join(t("filter_and")), count: all.value })}
    >
      <Button size="s" onClick={() => (rowFilter.value = { ...NO_FILTER, bot })}>
        {t("clear_filter")}
      </Button>
    </Empty>
  );
}
