import { useEffect } from "preact/hooks";
import { Button, Count, Empty, Skeleton, Tabs } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { Compare } from "./Compare.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { Doubts } from "./Doubts.tsx";
import { Head } from "./Head.tsx";
import { absent, failed, groups, load, tab, view, type TabId } from "./model.ts";
import { Rates } from "./Rates.tsx";
import { Taught } from "./Taught.tsx";
import { t } from "./texts.ts";
import { Try } from "./Try.tsx";

/** What the assistant did not understand, and how it learns it. */
export function AssistantPage() {
  return (
    <AdminFrame href="/console/assistant" title={t("assistant")} right="approve_setup">
      <Assistant />
    </AdminFrame>
  );
}

const PANEL = "teaching";
const VIEWS = { doubts: Doubts, taught: Taught, compare: Compare, rates: Rates };

function Assistant() {
  useEffect(() => void load(), []);
  if (absent.value) return <Empty icon="bot" title={t("absent")} text={t("absent_why")} />;
  if (failed.value && !view.value) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!view.value) return <Skeleton lines={[40, 95, 90, 92, 60]} />;
  const Chosen = VIEWS[tab.value];
  return (
    <>
      <Head />
      <div class="teach">
        <section class="card teach-main" aria-label={t("teaching")}>
          <Tabs
            label={t("teaching")}
            panel={PANEL}
            chosen={tab.value}
            onChoose={(id) => (tab.value = id)}
            items={(["doubts", "taught", "compare", "rates"] as const).map((id) => ({
              id,
              label: <Label id={id} />,
            }))}
          />
          <div
            class="teach-panel"
            id={PANEL}
            role="tabpanel"
            aria-labelledby={`${PANEL}-tab-${tab.value}`}
            tabIndex={0}
          >
            <Chosen />
          </div>
        </section>
        <Try />
      </div>
      <Dialogs />
    </>
  );
}

function Label({ id }: { id: TabId }) {
  const count = id === "doubts" ? groups.value?.length : view.value?.sentences.length;
  return (
    <>
      {t(`tab_${id}`)}
      {(id === "doubts" || id === "taught") && count !== undefined && <Count>{count}</Count>}
    </>
  );
}
