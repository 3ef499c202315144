import { useEffect, useState } from "preact/hooks";
import { Button, Empty, Skeleton } from "../../ui/index.ts";
import { AdminFrame } from "../frame/AdminFrame.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { open } from "./dialogs.ts";
import { Form } from "./Form.tsx";
import { Head } from "./Head.tsx";
import { failed, flow, listed, load, mayWrite } from "./model.ts";
import { Picture } from "./Picture.tsx";
import { StepList } from "./StepList.tsx";
import { t } from "./texts.ts";

/** What callers hear before a person: as a map, a list, and a form for each step. */
export function FlowsPage() {
  return (
    <AdminFrame href="/console/flows" title={t("phone_flows")} right="approve_setup">
      <Flows />
    </AdminFrame>
  );
}

const narrow = "(max-width: 820px)";

function Flows() {
  const [asList, setAsList] = useState(() => matchMedia(narrow).matches);
  useEffect(() => void load(), []);
  useEffect(() => {
    const query = matchMedia(narrow);
    const turned = (): void => setAsList(query.matches);
    query.addEventListener("change", turned);
    return () => query.removeEventListener("change", turned);
  }, []);
  if (failed.value && !flow.value) {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (listed.value?.flows.length === 0) {
    return (
      <Empty icon="phone" title={t("no_flows")} text={t("no_flows_why")}>
        {mayWrite.value && (
          <Button icon="plus" onClick={() => (open.value = "begin")}>
            {t("begin")}
          </Button>
        )}
        <Dialogs />
      </Empty>
    );
  }
  if (!flow.value) return <Skeleton lines={[40, 95, 90, 92, 60]} />;
  return (
    <div class="flow">
      <Head asList={asList} onList={setAsList} />
      <div class="flow-panes">
        <section class="flow-sheet" aria-label={asList ? t("list") : t("map")}>
          {asList ? <StepList /> : <Picture />}
        </section>
        <Form />
      </div>
      <Dialogs />
    </div>
  );
}
