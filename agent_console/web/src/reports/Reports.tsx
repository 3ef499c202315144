import { useEffect } from "preact/hooks";
import { both, exactTime, percent } from "../i18n/index.ts";
import { ShortcutList, showShortcuts } from "../keys/ShortcutList.tsx";
import { signOut } from "../lib/http.ts";
import { SessionNotice } from "../session/SessionNotice.tsx";
import { Avatar, Button, Empty, Icon, Menu, Rail, Skeleton } from "../ui/index.ts";
import { ChartCard } from "./ChartCard.tsx";
import { ExportMenu } from "./ExportMenu.tsx";
import { Filters } from "./Filters.tsx";
import { Lists } from "./Lists.tsx";
import { begin, load, may, me, phase, progress, report } from "./model.ts";
import { t } from "./texts.ts";
import { Totals } from "./Totals.tsx";

/** Reports of past days, and of today so far. */
export function Reports() {
  useEffect(() => void begin(), []);
  useEffect(() => {
    document.title = `${t("reports")} · ${t("product")}`;
  });
  return (
    <div class="app">
      <a class="skip" href="#figures">
        {t("skip_to_figures")}
      </a>
      <Rail links={links()} />
      <header class="topbar">
        <h1>{t("reports")}</h1>
        <Counting />
        <div class="push" />
        {may("export_reports") && report.value && <ExportMenu />}
        <Account />
      </header>
      <main class="rep" id="figures" tabIndex={-1}>
        {me.value && !may("see_reports") ? <Empty icon="lock" title={t("no_right")} /> : <Page />}
      </main>
      <ShortcutList />
      {me.value && <SessionNotice me={me.value} />}
    </div>
  );
}

const links = () => [
  ...(may("handle_contacts")
    ? [{ href: "/console", label: t("my_work"), icon: "inbox" as const, current: false }]
    : []),
  ...(may("see_wallboard")
    ? [
        {
          href: "/console/wallboard",
          label: t("live_operations"),
          icon: "pulse" as const,
          current: false,
        },
      ]
    : []),
  { href: "/console/reports", label: t("reports"), icon: "chart" as const, current: true },
];

function Counting() {
  const at = report.value?.computed_at;
  return (
    <span class="row t12 t3 tnum" role="status">
      {phase.value === "working" ? (
        <>
          <Icon name="loader" size={14} />
          {t("counting", { share: percent(progress.value) })}
        </>
      ) : (
        at !== undefined && t("counted_at", { time: exactTime(at) })
      )}
    </span>
  );
}

function Account() {
  const person = me.value;
  if (!person) return null;
  const name = both(person.user.name);
  const items = [
    {
      id: "keys",
      label: t("shortcuts"),
      mark: <Icon name="keyboard" />,
      heading: name,
      onPick: showShortcuts,
    },
    {
      id: "out",
      label: t("sign_out"),
      mark: <Icon name="sign-out" />,
      onPick: () => void signOut().then((left) => left || location.assign("/console")),
    },
  ];
  return (
    <Menu class="account" label={`${t("account_menu")}: ${name}`} title={name} items={items}>
      <Avatar name={name} seed={person.user.id} />
    </Menu>
  );
}

function Page() {
  return (
    <>
      <Filters />
      {phase.value === "working" && (
        <progress class="rep-progress" max={1} value={progress.value} aria-label={t("loading")} />
      )}
      <Figures />
    </>
  );
}

function Figures() {
  const found = report.value;
  if (phase.value === "failed") {
    return (
      <Empty icon="alert" title={t("report_failed")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!found) {
    return (
      <div class="card" aria-busy="true">
        <Skeleton lines={[60, 40, 90, 80]} />
      </div>
    );
  }
  const { offered, handled, contained } = found.total;
  if (offered + handled + contained + found.agents.length === 0) {
    return <Empty icon="chart" title={t("nothing")} text={t("nothing_more")} />;
  }
  return (
    <>
      <Totals total={found.total} surveys={found.surveys.total} />
      <ChartCard found={found} />
      <Lists found={found} />
      <p class="t12 t3">{t("figures_mean")}</p>
    </>
  );
}
