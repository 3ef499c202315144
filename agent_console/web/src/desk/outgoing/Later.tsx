import { useState } from "preact/hooks";
import { exactTime, timeZone } from "../../i18n/index.ts";
import { serverNow } from "../../lib/clock.ts";
import { daysToMonday, momentOf, wallMorning, wallTime } from "../../lib/zone.ts";
import { Button, Dialog, Field, Segmented } from "../../ui/index.ts";
import { t } from "./texts.ts";

type Choice = "in_1_hour" | "tomorrow" | "monday" | "other_time";
const CHOICES: readonly Choice[] = ["in_1_hour", "tomorrow", "monday", "other_time"];
const HOUR_SECONDS = 3600;
const OPENS_HOUR = 9;

/** The moment of a choice, by the bank's clock. */
function momentFor(choice: Exclude<Choice, "other_time">): number {
  const now = serverNow();
  if (choice === "in_1_hour") return Math.round(now) + HOUR_SECONDS;
  const days = choice === "tomorrow" ? 1 : daysToMonday(now, timeZone.value);
  return momentOf(wallMorning(now, days, OPENS_HOUR, timeZone.value), timeZone.value);
}

interface LaterProps {
  /** The time it has already. */
  at?: number;
  onPick: (at: number) => void | Promise<void>;
  onClose: () => void;
}

/** When the words are to leave, by the bank's clock. */
export function LaterDialog({ at: before, onPick, onClose }: LaterProps) {
  const [choice, setChoice] = useState<Choice>(before === undefined ? "tomorrow" : "other_time");
  const [wall, setWall] = useState(() => wallTime(before ?? momentFor("tomorrow"), timeZone.value));
  const [tried, setTried] = useState(false);
  const at = choice === "other_time" ? momentOf(wall, timeZone.value) : momentFor(choice);
  const isAhead = Number.isFinite(at) && at > serverNow();
  const submit = (): void => {
    setTried(true);
    if (isAhead) void onPick(at);
  };
  return (
    <Dialog
      title={t("later_title")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" icon="calendar" type="submit">
            {t("schedule")}
          </Button>
        </>
      }
    >
      <Segmented
        label={t("when")}
        chosen={choice}
        onChoose={setChoice}
        items={CHOICES.map((id) => ({ id, label: t(`later_${id}`) }))}
      />
      {choice === "other_time" && (
        <Field
          label={t("date_and_time")}
          error={tried && !isAhead ? t("time_past") : null}
          hint={t("by_banks_clock", { zone: timeZone.value })}
        >
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              class="in"
              value={wall}
              min={wallTime(serverNow(), timeZone.value)}
              onInput={(event) => setWall(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
      <p class="t13 t2" role="status">
        {isAhead
          ? t("leaves_at_zone", { time: exactTime(at), zone: timeZone.value })
          : t("time_past")}
      </p>
      <p class="t12 t3">{t("later_more")}</p>
    </Dialog>
  );
}
