import { useState } from "preact/hooks";
import { both, exactTime } from "../../i18n/index.ts";
import {
  Badge,
  Button,
  ChannelTile,
  Icon,
  Menu,
  toast,
  type IconName,
  type Tone,
} from "../../ui/index.ts";
import { sayProblem } from "../frame/problem.ts";
import { act, check, checked, endingsOf, healthOf, isSoon, keyOf, open } from "./model.ts";
import { t } from "./texts.ts";
import { troubleWords } from "./trouble.ts";
import type { Account } from "./types.ts";
import { WayLine } from "./WayLine.tsx";

const LOOKS: Record<ReturnType<typeof healthOf>, { tone: Tone; icon: IconName }> = {
  works: { tone: "ok", icon: "check" },
  fails: { tone: "bad", icon: "alert" },
  paused: { tone: "risk", icon: "pause" },
  untried: { tone: "neutral", icon: "clock" },
};

interface CardProps {
  account: Account;
  now: number;
}

/** One mailbox or number. */
export function AccountCard({ account, now }: CardProps) {
  const health = healthOf(account);
  const look = LOOKS[health];
  const named = account.name.en || account.name.zh;
  const name = named ? both({ en: named, zh: named, ...account.name }) : "";
  return (
    <section class="card account-card" aria-label={account.account}>
      <div class="card-h">
        <ChannelTile channel={account.channel} />
        <div class="account-name">
          <h2>{account.account}</h2>
          <span class="t3 t12">
            {[name, account.queue && both(account.queue)].filter(Boolean).join(" · ")}
          </span>
        </div>
        <span class="push">
          <Badge tone={look.tone} icon={look.icon}>
            {t(`health_${health}`)}
          </Badge>
        </span>
      </div>
      <div class="card-b">
        <Ways account={account} />
        <Facts account={account} now={now} />
        <Found account={account} />
        <Acts account={account} />
      </div>
    </section>
  );
}

function Ways({ account }: { account: Account }) {
  const isPaused = account.paused_at !== null;
  const by = account.paused_by ? both(account.paused_by) : "";
  return (
    <>
      {isPaused && (
        <p class="account-note" role="status">
          <Icon name="pause" size={14} />
          {t(`paused_${account.channel}`, { time: exactTime(account.paused_at ?? 0), name: by })}
        </p>
      )}
      <ul class="account-ways">
        <WayLine title={t("comes")} none={t("comes_not")} way={account.comes} />
        <WayLine title={t("leaves")} none={t("leaves_not")} way={account.leaves} />
      </ul>
    </>
  );
}

function Facts({ account, now }: CardProps) {
  const when = (at: number | null): string => (at === null ? t("never_yet") : exactTime(at));
  const endings = endingsOf(account);
  return (
    <dl class="account-facts">
      <Fact name={t("last_in")}>{when(account.last_in_at)}</Fact>
      <Fact name={t("last_out")}>{when(account.last_out_at)}</Fact>
      <Fact name={t("outbox")}>
        {account.waiting === 0
          ? t("outbox_empty")
          : t("outbox_waits", { count: account.waiting, time: when(account.oldest_at) })}
        {account.failed > 0 && (
          <Badge tone="bad">{t("outbox_failed", { count: account.failed })}</Badge>
        )}
      </Fact>
      {endings.length > 0 && (
        <Fact name={t("credentials")}>
          <span class="account-ends">
            {endings.map((one) => (
              <span key={`${one.what}${one.at}`}>
                {isSoon(one, now) ? (
                  <Badge tone={one.at < now ? "bad" : "risk"} icon="key">
                    {t(one.at < now ? `over_${one.what}` : `ends_${one.what}`, {
                      time: exactTime(one.at),
                    })}
                  </Badge>
                ) : (
                  t(`ends_${one.what}`, { time: exactTime(one.at) })
                )}
              </span>
            ))}
          </span>
        </Fact>
      )}
      {account.error_at !== null && (
        <Fact name={t("last_error")}>
          {exactTime(account.error_at)} · {troubleWords(account.error_code)}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Found({ account }: { account: Account }) {
  const found = checked.value[keyOf(account)];
  if (!found) return null;
  const isWell = found.code === "";
  return (
    <p class={`account-note ${isWell ? "is-ok" : "is-bad"}`} role="status">
      <Icon name={isWell ? "check" : "alert"} size={14} />
      {isWell
        ? t("check_well", { time: exactTime(found.at) })
        : t("check_bad", { time: exactTime(found.at), why: troubleWords(found.code) })}
    </p>
  );
}

function Acts({ account }: { account: Account }) {
  const [busy, setBusy] = useState("");
  const run = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(what);
    try {
      await work();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy("");
    }
  };
  const isPaused = account.paused_at !== null;
  const turn = isPaused ? "resume" : "pause";
  return (
    <div class="account-acts">
      <Button
        size="s"
        icon="refresh"
        aria-disabled={busy !== ""}
        onClick={() => void run("check", () => check(account))}
      >
        {t(busy === "check" ? "checking" : "check")}
      </Button>
      <Button
        size="s"
        icon="send"
        aria-disabled={isPaused || account.leaves === null}
        title={isPaused ? t("test_paused") : ""}
        onClick={() => {
          if (!isPaused && account.leaves) open.value = { kind: "test", account };
        }}
      >
        {t("send_test")}
      </Button>
      <Button
        size="s"
        icon={isPaused ? "play" : "pause"}
        aria-disabled={busy !== ""}
        onClick={() =>
          void run(turn, async () => {
            await act(account, turn);
            const title = t(isPaused ? "resumed" : "paused", { account: account.account });
            toast({ tone: "ok", title });
          })
        }
      >
        {t(turn)}
      </Button>
      <div class="push" />
      <Origin account={account} />
    </div>
  );
}

function Origin({ account }: { account: Account }) {
  if (account.options === null) {
    return (
      <span class="t3 t12 row row-1">
        <Icon name="file" size={14} />
        {t("from_file")}
      </span>
    );
  }
  const items = [
    {
      id: "change",
      label: t("change"),
      mark: <Icon name="edit" />,
      onPick: () => void (open.value = { kind: "change", account }),
    },
    {
      id: "remove",
      label: t("remove"),
      mark: <Icon name="trash" />,
      onPick: () => void (open.value = { kind: "remove", account }),
    },
  ];
  return (
    <Menu
      class="ib"
      label={t("more_for", { account: account.account })}
      title={t("more")}
      items={items}
    >
      <Icon name="more" />
    </Menu>
  );
}
