import { useState } from "preact/hooks";
import type { HeldLine } from "../../../contract/letters.ts";
import { done } from "../../../feed/index.ts";
import { exactTime, htmlLang, number } from "../../../i18n/index.ts";
import {
  Badge,
  Button,
  ChannelTile,
  Empty,
  Select,
  Skeleton,
  toast,
} from "../../../ui/index.ts";
import { feed } from "../../model/store.ts";
import { dropHeld, held, loadHeld } from "./model.ts";
import { t } from "./texts.ts";

/** Mail that is held back, each with its reasons: let it be spam, or release it. */
export function HeldList() {
  const found = held.value;
  if (found === "loading") return <Skeleton lines={[90, 60, 90, 60]} />;
  if (found === "failed") {
    return (
      <Empty icon="alert" title={t("list_failed")}>
        <Button onClick={() => void loadHeld()}>{t("show_changed")}</Button>
      </Empty>
    );
  }
  if (found.lines.length === 0) {
    return <Empty icon="mail" title={t("empty_spam")} text={t("empty_spam_more")} />;
  }
  return (
    <>
      <p class="letters-stale">{t("held_inert")}</p>
      <ul aria-label={t("spam")}>
        {found.lines.map((one) => (
          <HeldRow key={one.id} line={one} />
        ))}
      </ul>
      {found.more && (
        <div class="letters-more">
          <Button onClick={() => void loadHeld(true)}>{t("more")}</Button>
        </div>
      )}
    </>
  );
}

function HeldRow({ line }: { line: HeldLine }) {
  return (
    <li class="held-line">
      <ChannelTile channel={line.channel} size={32} />
      <div class="grow">
        <div class="letter-l1">
          <b class="trunc">{line.sender_name || line.sender}</b>
          {line.sender_name && <span class="t12 t3 trunc">{line.sender}</span>}
          <Badge tone="bad">{t("held_points", { points: number(line.score, 1) })}</Badge>
        </div>
        <p class="fw5" lang={htmlLang(line.language)} dir="auto">
          {line.subject || t("no_words")}
        </p>
        <ul class="held-why" aria-label={t("held_why")}>
          {line.reasons.map(([code, points]) => (
            <li key={code}>
              <Badge tone={points > 0 ? "risk" : "ok"}>{reason(code)}</Badge>
            </li>
          ))}
        </ul>
        <p class="held-text" lang={htmlLang(line.language)} dir="auto">
          {line.text}
        </p>
        <p class="t12 t3">
          {exactTime(line.came_at)} · {t("held_until", { time: exactTime(line.expires_at) })}
        </p>
        <Decide line={line} />
      </div>
    </li>
  );
}

const REASONS = [
  "blocked_sender",
  "relay_says_spam",
  "dmarc_fail",
  "dmarc_pass",
  "spf_fail",
  "poses_as_bank",
  "sender_unclear",
  "name_is_address",
  "auth_forged",
  "reply_elsewhere",
  "lures",
  "link_to_number",
  "link_in_disguise",
  "many_links",
  "dangerous_file",
  "answers_us",
] as const;

function reason(code: string): string {
  const known = REASONS.find((one) => one === code);
  return known ? t(`reason_${known}`) : code;
}

const DAYS = [30, 90, 365] as const;

function Decide({ line }: { line: HeldLine }) {
  const [days, setDays] = useState("0");
  const [busy, setBusy] = useState(false);
  const decide = async (release: boolean): Promise<void> => {
    setBusy(true);
    const word = { sender: release ? "trust" : "block", days: Number(days) };
    const answer = await feed.send("decide_held", {
      held_id: line.id,
      release,
      ...(days === "0" ? {} : word),
    });
    setBusy(false);
    if (!answer.ok && answer.code === "decided_already") {
      toast({ tone: "risk", title: t("decided_already") });
    } else if (!done(answer)) return;
    else toast({ tone: "ok", title: t(release ? "released" : "rejected") });
    dropHeld(line.id);
  };
  return (
    <div class="held-acts">
      <Button
        size="s"
        title={t("release_more")}
        disabled={busy}
        onClick={() => void decide(true)}
      >
        {t("release")}
      </Button>
      <Button size="s" kind="danger-text" disabled={busy} onClick={() => void decide(false)}>
        {t("reject")}
      </Button>
      <Select label={t("sender_word")} value={days} onChange={setDays}>
        <option value="0">{t("sender_none")}</option>
        {DAYS.map((count) => (
          <option key={count} value={count}>
            {t("for_days", { count })}
          </option>
        ))}
      </Select>
    </div>
  );
}
