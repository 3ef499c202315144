import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ScreenPop } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Banner, Button, Count, Empty, IconButton, Skeleton, Tabs } from "../../ui/index.ts";
import { Articles, focusSearch } from "../articles/Articles.tsx";
import { t as articles } from "../articles/texts.ts";
import { chosen, offered, offers, peekedOffer, records, titleOf } from "../model/store.ts";
import { t } from "../texts.ts";
import { Accounts } from "./Accounts.tsx";
import { Cases } from "./Cases.tsx";
import { CustomerTab } from "./CustomerTab.tsx";
import { drawerOpen } from "./drawer.ts";
import { History } from "./History.tsx";

type TabId = "customer" | "accounts" | "cases" | "history" | "articles";
const PANEL = "record-panel";
const tab = signal<TabId>("customer");

/** The record of the chosen contact; of an offer while it is looked at, or when nothing is open. */
export function RecordPane() {
  const peeked = peekedOffer.value ? offers.value[peekedOffer.value] : undefined;
  const offer = peeked ?? (chosen.value ? undefined : offered.value[0]);
  const contactId = offer?.contact_id ?? chosen.value?.id;
  const record = contactId ? records.value[contactId] : undefined;
  const open = drawerOpen.value;
  useShortcuts([{ keys: "Alt+KeyB", label: articles("open_articles"), run: toArticles }]);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]"))
        drawerOpen.value = false;
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [open]);
  return (
    <>
      {open && <div class="scrim drawer-scrim" onClick={() => (drawerOpen.value = false)} />}
      <aside
        class={`pane pop ${open ? "open" : ""}`}
        aria-label={t("customer_record")}
        tabIndex={-1}
      >
        {record && contactId ? (
          <>
            <RecordTabs record={record} />
            {offer && <OfferHint name={titleOf(offer)} peeked={peeked !== undefined} />}
            <Panel record={record} key={contactId} />
          </>
        ) : contactId ? (
          <Skeleton lines={[50, 80, 80, 60, 90]} />
        ) : (
          <Empty icon="user" title={t("no_record")} text={t("no_record_more")} />
        )}
      </aside>
    </>
  );
}

/** On a narrow window the record is a drawer; it opens for the search. */
function toArticles(): void {
  tab.value = "articles";
  drawerOpen.value = true;
  requestAnimationFrame(focusSearch);
}

function RecordTabs({ record }: { record: ScreenPop }) {
  const cases = record.cases.length + record.tasks.length;
  return (
    <Tabs
      label={t("customer_record")}
      panel={PANEL}
      chosen={tab.value}
      onChoose={(id) => (tab.value = id)}
      items={[
        { id: "customer", label: t("tab_customer") },
        { id: "accounts", label: t("tab_accounts") },
        {
          id: "cases",
          label: (
            <>
              {t("tab_cases")} {cases > 0 && <Count>{cases}</Count>}
            </>
          ),
        },
        { id: "history", label: t("tab_history") },
        { id: "articles", label: articles("tab") },
      ]}
    >
      <IconButton
        class="record-close"
        icon="x"
        label={t("close")}
        onClick={() => (drawerOpen.value = false)}
      />
    </Tabs>
  );
}

function OfferHint({ name, peeked }: { name: string; peeked: boolean }) {
  return (
    <Banner tone="info" icon="eye" class="offer-hint">
      {t("offer_record", { name })}
      {peeked && (
        <Button size="s" kind="ghost" onClick={() => (peekedOffer.value = null)}>
          {t("close")}
        </Button>
      )}
    </Banner>
  );
}

function Panel({ record }: { record: ScreenPop }) {
  const id = tab.value;
  return (
    <div
      class="scroll"
      id={PANEL}
      role="tabpanel"
      aria-labelledby={`${PANEL}-tab-${id}`}
      tabIndex={0}
    >
      {id === "customer" && <CustomerTab record={record} onMore={(to) => (tab.value = to)} />}
      {id === "accounts" && <Accounts record={record} all />}
      {id === "cases" && <Cases record={record} />}
      {id === "history" && <History record={record} />}
      {id === "articles" && <Articles />}
    </div>
  );
}
