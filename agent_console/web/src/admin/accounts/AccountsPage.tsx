import { useEffect } from "preact/hooks";
import { Banner, Button, Empty, Skeleton } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { AccountCard } from "./AccountCard.tsx";
import { MailboxDialog } from "./MailboxDialog.tsx";
import { failed, keyOf, listed, load, open } from "./model.ts";
import { NumberDialog } from "./NumberDialog.tsx";
import { RemoveDialog, TestDialog } from "./SmallDialogs.tsx";
import { t } from "./texts.ts";
import type { Channel, Listed } from "./types.ts";

const AGAIN_MS = 10_000;

/** Mailboxes and numbers: how each fares, and what is decided about it. */
export function AccountsPage() {
  return (
    <AdminFrame href="/console/accounts" title={t("accounts")} right="manage_setup">
      <Accounts />
    </AdminFrame>
  );
}

function Accounts() {
  useEffect(() => {
    void load();
    const again = setInterval(() => {
      if (document.visibilityState === "visible") void load();
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, []);
  const all = listed.value;
  if (!all) return failed.value ? <NoAnswer /> : <Skeleton lines={[60, 90, 80, 85]} />;
  return (
    <>
      {failed.value && (
        <Banner tone="risk" icon="alert" role="alert">
          {t("old_news")}
        </Banner>
      )}
      {all.accounts.length === 0 ? <Nothing all={all} /> : <List all={all} />}
      <Dialogs />
    </>
  );
}

function NoAnswer() {
  return (
    <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
      <Button icon="refresh" onClick={() => void load()}>
        {t("try_again")}
      </Button>
    </Empty>
  );
}

function Nothing({ all }: { all: Listed }) {
  return (
    <Empty
      icon="mail"
      title={t("no_account")}
      text={t("no_account_why", { file: all.settings_file })}
    >
      <div class="row">
        <ConnectButtons channels={all.channels} />
      </div>
    </Empty>
  );
}

function List({ all }: { all: Listed }) {
  return (
    <>
      <div class="admin-bar">
        <p class="t2 accounts-about">{t("about", { file: all.settings_file })}</p>
        <div class="push" />
        <ConnectButtons channels={all.channels} />
      </div>
      <ul class="accounts" aria-label={t("accounts")}>
        {all.accounts.map((one) => (
          <li key={keyOf(one)}>
            <AccountCard account={one} now={all.now} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ConnectButtons({ channels }: { channels: readonly Channel[] }) {
  return (
    <>
      {channels.includes("sms") && (
        <Button icon="sms" onClick={() => (open.value = { kind: "connect", channel: "sms" })}>
          {t("connect_number")}
        </Button>
      )}
      {channels.includes("email") && (
        <Button
          kind="primary"
          icon="mail"
          onClick={() => (open.value = { kind: "connect", channel: "email" })}
        >
          {t("connect_mailbox")}
        </Button>
      )}
    </>
  );
}

function Dialogs() {
  const now = open.value;
  switch (now?.kind) {
    case undefined:
      return null;
    case "test":
      return <TestDialog account={now.account} />;
    case "remove":
      return <RemoveDialog account={now.account} />;
    case "connect":
      return now.channel === "email" ? (
        <MailboxDialog account={null} />
      ) : (
        <NumberDialog account={null} />
      );
    case "change":
      return now.account.channel === "email" ? (
        <MailboxDialog account={now.account} />
      ) : (
        <NumberDialog account={now.account} />
      );
  }
}
