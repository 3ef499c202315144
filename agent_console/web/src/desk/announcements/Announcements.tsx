/** What is said to all agents, above the work until it was read. */
import { useState } from "preact/hooks";
import type { AnnouncementView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import { announcements, feed } from "../model/store.ts";
import { t } from "./texts.ts";

export function Announcements() {
  const list = announcements.value;
  if (list.length === 0) return null;
  return (
    <section class="announcements" aria-label={t("announcements")}>
      {list.map((one) => (
        <Line key={one.id} one={one} />
      ))}
    </section>
  );
}

function Line({ one }: { one: AnnouncementView }) {
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    done(await feed.send("confirm_announcement", { announcement_id: one.id }));
    setBusy(false);
  };
  const who = t("says", { name: both(one.by), time: clockTime(one.until_at) });
  return (
    <Banner tone={one.must_confirm ? "risk" : "info"} icon="bell" role="status">
      <div class="row">
        <p class="grow">
          <b class="fw6">{both(one.text)}</b> <span class="t3">{who}</span>
        </p>
        <Button
          size="s"
          kind={one.must_confirm ? "primary" : "default"}
          disabled={busy}
          title={one.must_confirm ? t("must_confirm_hint") : undefined}
          onClick={() => void confirm()}
        >
          {t(one.must_confirm ? "understood" : "read_it")}
        </Button>
      </div>
    </Banner>
  );
}
