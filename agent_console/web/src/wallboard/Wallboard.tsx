import { useEffect } from "preact/hooks";
import { LinkBanner } from "../feed/index.ts";
import { ShortcutList } from "../keys/ShortcutList.tsx";
import { SessionNotice } from "../session/SessionNotice.tsx";
import { Rail, type RailLink, Skeleton } from "../ui/index.ts";
import { AnnounceDialog, announcing } from "./announce/AnnounceDialog.tsx";
import { DisplaysDialog, hanging } from "./displays/DisplaysDialog.tsx";
import { helping } from "./lend/lend.ts";
import { LendDialog } from "./lend/LendDialog.tsx";
import { Alerts } from "./live/Alerts.tsx";
import { ChartCard } from "./live/ChartCard.tsx";
import { SatisfactionCard } from "./live/SatisfactionCard.tsx";
import { Tiles } from "./live/Tiles.tsx";
import { SwitchDialog, switching } from "./switches/SwitchDialog.tsx";
import { TopBar } from "./live/TopBar.tsx";
import { Totals } from "./live/Totals.tsx";
import { feed, may, old } from "./model/store.ts";
import { dialog, watchedNow } from "./model/watch.ts";
import { Agents } from "./people/Agents.tsx";
import { ContactsCard } from "./people/ContactsCard.tsx";
import { t } from "./texts.ts";
import { usePanes } from "./usePanes.ts";
import { Monitor } from "./watch/Monitor.tsx";
import { MoveWork } from "./watch/MoveWork.tsx";
import { Reassign } from "./watch/Reassign.tsx";
import { SureTakeOver } from "./watch/SureTakeOver.tsx";

/** Live operations: what happens now, and what a supervisor can do about it. */
export function Wallboard() {
  usePanes();
  useEffect(() => {
    document.title = `${t("live_operations")} · ${t("product")}`;
  });
  return (
    <div class="app">
      <a class="skip" href="#contacts">
        {t("skip_to_contacts")}
      </a>
      <Rail links={railLinks()} />
      <TopBar />
      <div class={watchedNow.value ? "board board-watching" : "board"}>
        <div class="board-main">
          <LinkBanner link={feed.link} />
          {feed.state.value ? <Ops /> : <Frame />}
        </div>
        {watchedNow.value && <Monitor contact={watchedNow.value} />}
      </div>
      <Dialogs />
      <ShortcutList />
      <SessionNotice />
    </div>
  );
}

function railLinks(): RailLink[] {
  const here = { href: "/console/wallboard", label: t("live_operations"), icon: "pulse" } as const;
  const desk = { href: "/console", label: t("my_work"), icon: "inbox" } as const;
  const links = may("handle_contacts") ? [{ ...desk, current: false }] : [];
  const reports = { href: "/console/reports", label: t("reports"), icon: "chart" } as const;
  const more = may("see_reports") ? [{ ...reports, current: false }] : [];
  const users = { href: "/console/users", label: t("users"), icon: "users" } as const;
  const people = may("manage_users") ? [{ ...users, current: false }] : [];
  const flows = { href: "/console/flows", label: t("phone_flows"), icon: "keypad" } as const;
  const menus = may("approve_setup") ? [{ ...flows, current: false }] : [];
  return [...links, { ...here, current: true }, ...more, ...people, ...menus];
}

function Ops() {
  return (
    <main class={old.value ? "ops is-old" : "ops"}>
      <Totals />
      <Tiles />
      <ChartCard />
      <Alerts />
      <SatisfactionCard />
      <Agents />
      <ContactsCard />
    </main>
  );
}

/** The page in outline until the first snapshot. */
function Frame() {
  return (
    <main class="ops" aria-busy="true" aria-label={t("loading")}>
      <div class="card s12">
        <Skeleton lines={[60, 40]} />
      </div>
      <div class="tiles s12">
        {[1, 2, 3, 4, 5, 6].map((n) => (
          <div key={n} class="card">
            <Skeleton lines={[70, 40, 90, 60]} />
          </div>
        ))}
      </div>
      {["s6", "s3", "s3", "s5", "s7"].map((span, n) => (
        <div key={n} class={`card ${span}`}>
          <Skeleton lines={[40, 90, 80, 85, 70]} />
        </div>
      ))}
    </main>
  );
}

function Dialogs() {
  const open = dialog.value;
  if (hanging.value) return <DisplaysDialog />;
  if (switching.value) return <SwitchDialog />;
  if (announcing.value) return <AnnounceDialog />;
  if (helping.value !== null) return <LendDialog />;
  if (!open) return <MoveWork />;
  return open.kind === "reassign" ? (
    <Reassign contactId={open.contactId} />
  ) : (
    <SureTakeOver contactId={open.contactId} />
  );
}
