import type { ReadonlySignal } from "@preact/signals";
import { span } from "../i18n/format.ts";
import { t } from "../i18n/common.ts";
import { tick } from "../lib/clock.ts";
import { Banner } from "../ui/feedback.tsx";
import type { Link } from "./feed.ts";

/** The red banner of a lost connection, with its seconds; a link when the session has ended. */
export function LinkBanner({ link }: { link: ReadonlySignal<Link> }) {
  const now = link.value;
  if (now.phase === "reconnecting") {
    return (
      <Banner tone="bad" icon="alert" role="alert" class="link-banner">
        <div class="row">
          <span>{t("reconnecting")}</span>
          <Seconds since={now.since} />
        </div>
      </Banner>
    );
  }
  if (now.phase === "ended") {
    return (
      <Banner tone="bad" icon="lock" role="alert" class="link-banner">
        <div class="row">
          <span>{t("ended_elsewhere")}</span>
          <a href="/sign-in">{t("sign_in_again")}</a>
        </div>
      </Banner>
    );
  }
  if (now.phase === "refused") {
    return (
      <Banner tone="bad" icon="lock" role="alert" class="link-banner">
        {t("failed_forbidden")}
      </Banner>
    );
  }
  return null;
}

function Seconds({ since }: { since: number }) {
  return (
    <b class="tnum nowrap" aria-live="off">
      {t("lost_for", { time: span(tick.value - since) })}
    </b>
  );
}
