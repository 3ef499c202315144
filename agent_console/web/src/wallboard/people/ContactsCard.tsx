import { computed } from "@preact/signals";
import type { WallContact } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Count, Empty, Icon } from "../../ui/index.ts";
import {
  attentionRows,
  botRows,
  filterRows,
  isOver,
  nextAttention,
  overRows,
  peopleRows,
  rowFilter,
  stuckRows,
  tableRows,
} from "../model/filters.ts";
import { queueName } from "../model/names.ts";
import { isFiltered, NO_FILTER } from "../model/rows.ts";
import { may } from "../model/store.ts";
import { takeOverStuck, watchedNow } from "../model/watch.ts";
import { t } from "../texts.ts";
import { RowSpace } from "./RowSpace.tsx";
import { useRowsInView } from "./rowsInView.ts";
import { ContactRow } from "./ContactRow.tsx";

/** All of the kind that is shown, whatever else the filter hides. */
const all = computed(() => (rowFilter.value.bot ? botRows : peopleRows).value.length);

/** Who waits and who is served, with what a supervisor may do about it. */
export function ContactsCard() {
  useShortcuts([
    { keys: "Alt+KeyU", label: t("next_attention"), run: nextAttention },
    ...(may("steer_contacts")
      ? [{ keys: "Alt+KeyB", label: t("take_over_stuck"), run: takeOverStuck }]
      : []),
  ]);
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
        <Rows rows={rows} />
      )}
    </section>
  );
}

function Rows({ rows }: { rows: readonly WallContact[] }) {
  const { scroller, onScroll, from, to, above, below } = useRowsInView(rows.length);
  return (
    <div
      ref={scroller}
      class="scroll"
      tabIndex={0}
      role="group"
      aria-label={t("contacts")}
      onScroll={onScroll}
      onPointerEnter={() => (overRows.value = true)}
      onPointerLeave={() => (overRows.value = false)}
    >
      <table class="tbl" aria-rowcount={rows.length + 1}>
        <TableHead />
        <tbody>
          <RowSpace height={above} />
          {rows.slice(from, to).map((row, n) => (
            <ContactRow
              key={row.id}
              row={row}
              index={from + n + 2}
              gone={isOver(row)}
              watched={watchedNow.value?.id === row.id}
            />
          ))}
          <RowSpace height={below} />
        </tbody>
      </table>
    </div>
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
          {stuckRows.value.length > 0 && (
            <Count tone="bad">{t("stuck_count", { count: stuckRows.value.length })}</Count>
          )}
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
      <tr aria-rowindex={1}>
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
