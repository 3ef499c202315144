import { useEffect } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import { beat, BEAT_MS, held, letGo, wasMine } from "./lock.ts";
import { open, opened, pathOf } from "./model.ts";
import { sayRefusal } from "./refusal.ts";
import { t } from "./texts.ts";

/** Tells who edits the article, and takes it over with one click. */
export function LockLine() {
  const one = opened.value;
  const path = one && pathOf(one);
  useEffect(() => {
    if (!path) return;
    const tell = (): void => void beat().catch(() => undefined);
    tell();
    const timer = setInterval(tell, BEAT_MS);
    return () => {
      clearInterval(timer);
      letGo(path);
    };
  }, [path]);
  const now = held.value;
  if (!one || !now) return null;
  if (now.mine) {
    if (!now.taken_from) return null;
    return <Banner icon="edit">{t("you_took_over", { name: both(now.taken_from) })}</Banner>;
  }
  const take = async (): Promise<void> => {
    await beat(true);
    // What the other wrote last is what one goes on from.
    await open(one.slug, one.language).catch(() => undefined);
  };
  const who = { name: now.by ? both(now.by) : "", time: exactTime(now.since_at) };
  return (
    <Banner tone="risk" icon="lock" role="alert">
      <span class="grow">{t(wasMine.value ? "taken_over" : "held_by", who)}</span>{" "}
      <Button size="s" onClick={() => void take().catch(sayRefusal)}>
        {t("take_over")}
      </Button>
    </Banner>
  );
}
