import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { CountedAnnouncement } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, clockTime } from "../../i18n/index.ts";
import { Button, Dialog, Empty, toast } from "../../ui/index.ts";
import { announcements, feed } from "../model/store.ts";
import { AnnounceForm } from "./AnnounceForm.tsx";
import { t } from "./texts.ts";

export const announcing = signal(false);

const close = (): void => {
  announcing.value = false;
};

/** What is said to all now, each to be ended, and a new one. */
export function AnnounceDialog() {
  const [writes, setWrites] = useState(announcements.value.length === 0);
  if (writes) return <AnnounceForm onClose={close} />;
  return (
    <Dialog
      title={t("announce_title")}
      size="m"
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t("close")}</Button>
          <Button kind="primary" onClick={() => setWrites(true)}>
            {t("announce")}
          </Button>
        </>
      }
    >
      {announcements.value.length === 0 ? (
        <Empty icon="bell" title={t("none_now")} />
      ) : (
        <ul class="said">
          {announcements.value.map((one) => (
            <Told key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Told({ one }: { one: CountedAnnouncement }) {
  const end = async (): Promise<void> => {
    const answer = await feed.send("end_announcement", { announcement_id: one.id });
    if (done(answer)) toast({ tone: "ok", title: t("ended") });
  };
  const who = t("says", { name: both(one.by), time: clockTime(one.until_at) });
  return (
    <li>
      <div class="grow">
        <p class="fw6">{both(one.text)}</p>
        <p class="t12 t3">
          {t(`aud_${one.audience}`)} · {who}
          {one.audience !== "customers" && ` · ${t("read_by", { ...counts(one) })}`}
        </p>
        {one.missing.length > 0 && (
          <details class="t12">
            <summary>{t("not_read_by")}</summary>
            {one.missing.map(both).join(", ")}
          </details>
        )}
      </div>
      <Button size="s" onClick={() => void end()}>
        {t("end_it")}
      </Button>
    </li>
  );
}

const counts = ({ read, meant }: CountedAnnouncement) => ({ read, meant });
