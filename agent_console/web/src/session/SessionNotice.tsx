import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/common.ts";
import { span } from "../i18n/index.ts";
import { serverNow, tick } from "../lib/clock.ts";
import { whoAmI, type Me } from "../lib/http.ts";
import { Button, Dialog } from "../ui/index.ts";

const NOTICE_SECONDS = 120;
const RENEW_SECONDS = 180;

/** When the session ends if nothing is done (UTC epoch seconds); null: the hub did not say. */
const endsAt = signal<number | null>(null);
let renewedAt = serverNow();
let renewing = false;

function learn(me: Me | null): void {
  if (me === null) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  }
  endsAt.value = me?.session?.idle_until ?? null;
  renewedAt = serverNow();
}

/** Ask the hub for anything: that is what keeps a session. */
async function renew(): Promise<void> {
  if (renewing) return;
  renewing = true;
  renewedAt = serverNow();
  try {
    learn(await whoAmI());
  } catch {
    // no connection: the banner says so; ask again in a while
    endsAt.value = serverNow() + NOTICE_SECONDS * 2;
  } finally {
    renewing = false;
  }
}

interface Props {
  /** Who is signed in, where the page has asked already. */
  me?: Me;
  /** Who has a customer in hand is not idle, however long the customer thinks. */
  isBusy?: () => boolean;
}

/** A person at work keeps the session; a page left alone does not, and says so 2 minutes before. */
export function SessionNotice({ me, isBusy = () => false }: Props) {
  useEffect(() => {
    if (me) learn(me);
    else void renew();
    const onAct = (): void => {
      if (serverNow() - renewedAt > RENEW_SECONDS) void renew();
    };
    addEventListener("keydown", onAct);
    addEventListener("pointerdown", onAct);
    return () => {
      removeEventListener("keydown", onAct);
      removeEventListener("pointerdown", onAct);
    };
  }, []);
  const ends = endsAt.value;
  if (ends === null) return null;
  return <Notice ends={ends} isBusy={isBusy} />;
}

function Notice({ ends, isBusy }: { ends: number; isBusy: () => boolean }) {
  const left = ends - tick.value;
  if (left > NOTICE_SECONDS) return null;
  if (left <= 0 || isBusy()) {
    void renew();
    return null;
  }
  return (
    <Dialog
      title={t("session_ends", { time: span(left) })}
      size="s"
      role="alertdialog"
      onClose={() => void renew()}
      onSubmit={() => void renew()}
      footer={
        <Button kind="primary" type="submit" autoFocus>
          {t("stay")}
        </Button>
      }
    >
      <p class="t2">{t("session_ends_why")}</p>
    </Dialog>
  );
}
