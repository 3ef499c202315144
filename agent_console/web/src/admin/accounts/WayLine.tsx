import { exactTime } from "../../i18n/index.ts";
import { t } from "./texts.ts";
import { troubleWords } from "./trouble.ts";
import type { Way } from "./types.ts";

interface WayProps {
  title: string;
  /** What stands there when there is no such way. */
  none: string;
  way: Way | null;
}

const KINDS = {
  imap: "kind_imap",
  smtp_door: "kind_smtp_door",
  smtp: "kind_smtp",
  twilio: "kind_twilio",
  smpp: "kind_smpp",
  none: "kind_none",
} as const;

const TLS = { starttls: "tls_starttls", implicit: "tls_implicit", none: "tls_none" } as const;

/** How mail or texts come, or leave: server, encryption, state, and what is wrong. */
export function WayLine({ title, none, way }: WayProps) {
  if (!way) {
    return (
      <li class="account-way">
        <span class="account-dot is-off" aria-hidden="true" />
        <span class="t3">
          {title}: {none}
        </span>
      </li>
    );
  }
  const kind = KINDS[way.kind as keyof typeof KINDS];
  const tls = TLS[way.tls as keyof typeof TLS];
  const facts = [kind ? t(kind) : way.kind, way.place, tls && t(tls), way.user];
  return (
    <li class="account-way">
      <span class={`account-dot is-${way.state}`} aria-hidden="true" />
      <div>
        <b>{title}</b> <span class="t2">{t(`state_${way.state}`)}</span>
        {way.since_at !== null && way.state === "fails" && (
          <span class="t3 t12"> · {t("since", { time: exactTime(way.since_at) })}</span>
        )}
        <div class="t3 t12 account-place">{facts.filter(Boolean).join(" · ")}</div>
        {way.trouble !== "" && (
          <div class="account-trouble" role="alert">
            {troubleWords(way.trouble)}
          </div>
        )}
      </div>
    </li>
  );
}
