import { useState } from "preact/hooks";
import type { CaseLine, ScreenPop } from "../../contract.ts";
import { both, dayKey, exactTime, shortDay } from "../../i18n/index.ts";
import { serverNow } from "../../lib/clock.ts";
import { Avatar, Badge, Button, Count, Empty, Icon, type Tone } from "../../ui/index.ts";
import { agentName } from "../model/names.ts";
import { contacts } from "../model/store.ts";
import { t } from "../texts.ts";
import { NewTaskDialog } from "../views/tasks/NewTaskDialog.tsx";
import { t as work } from "../views/tasks/texts.ts";
import { CaseDialog } from "./cases/CaseDialog.tsx";
import { OpenCaseDialog } from "./cases/OpenCaseDialog.tsx";

/** Open cases and tasks. As a tab it says when there are none; in short it is left out. */
export function Cases({ record, onMore }: { record: ScreenPop; onMore?: () => void }) {
  const { cases, tasks } = record;
  if (cases.length + tasks.length === 0) {
    return onMore ? null : (
      <>
        <NewWork record={record} />
        <Empty icon="layers" title={t("no_cases")} text={t("no_cases_more")} />
      </>
    );
  }
  const shown = onMore ? cases.slice(0, 3) : cases;
  return (
    <>
      {!onMore && <NewWork record={record} />}
      {cases.length > 0 && (
        <section class="sec">
          <div class="sec-h">
            <h3>{t("open_cases")}</h3>
            <Count>{cases.length}</Count>
            {onMore && cases.length > shown.length && (
              <button type="button" class="linkish push t12" onClick={onMore}>
                {t("all")}
              </button>
            )}
          </div>
          <ul>
            {shown.map((one) => (
              <Case key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
      {tasks.length > 0 && !onMore && (
        <section class="sec">
          <div class="sec-h">
            <h3>{t("tasks")}</h3>
            <Count>{tasks.length}</Count>
          </div>
          <ul>
            {tasks.map((one) => (
              <li key={one.id} class="case">
                <Icon name="clipboard" size={14} />
                <span class="grow t12">{both(one.title)}</span>
                {one.due_at !== null && <DueBadge at={one.due_at} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Open a case or promise something, for who has the contact in hand. */
function NewWork({ record }: { record: ScreenPop }) {
  const [asked, setAsked] = useState<"case" | "task" | null>(null);
  const contact = contacts.value[record.contact_id];
  if (!contact || contact.my_role === "watching") return null;
  const close = (): void => setAsked(null);
  return (
    <div class="sec row wrap">
      {record.customer && (
        <Button size="s" icon="layers" onClick={() => setAsked("case")}>
          {work("open_case")}
        </Button>
      )}
      <Button size="s" icon="clipboard" onClick={() => setAsked("task")}>
        {work("new_task")}
      </Button>
      {asked === "case" && <OpenCaseDialog contactId={contact.id} onClose={close} />}
      {asked === "task" && <NewTaskDialog contact={contact} onClose={close} />}
    </div>
  );
}

function Case({ one }: { one: CaseLine }) {
  const [open, setOpen] = useState(false);
  const owner = one.owner ? agentName(one.owner) : null;
  return (
    <li class="case">
      {open && <CaseDialog id={one.id} onClose={() => setOpen(false)} />}
      {one.due_at === null ? (
        <Badge tone="blue">{stage(one.stage)}</Badge>
      ) : (
        <DueBadge at={one.due_at} />
      )}
      <button
        type="button"
        class="linkish trunc t12 case-open"
        title={both(one.title)}
        onClick={() => setOpen(true)}
      >
        {one.number} {both(one.title)}
      </button>
      {owner && (
        <span class="push">
          <Avatar name={owner} seed={one.owner ?? ""} size={20} labelled />
        </span>
      )}
    </li>
  );
}

/** Due is said against today: late, today, or the day. */
function DueBadge({ at }: { at: number }) {
  const now = serverNow();
  const today = dayKey(at) === dayKey(now);
  const tone: Tone = at < now ? "bad" : today ? "risk" : "neutral";
  const word =
    at < now ? t("overdue") : today ? t("due_today") : t("due_on", { day: shortDay(at) });
  return (
    <Badge tone={tone} title={exactTime(at)}>
      {word}
    </Badge>
  );
}

const STAGES = ["open", "new", "in_progress", "waiting", "solved"] as const;

function stage(code: string): string {
  const known = STAGES.find((one) => one === code);
  return known ? t(`stage_${known}`) : code.replaceAll("_", " ");
}
