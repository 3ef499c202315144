import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Empty, Skeleton } from "../../ui/index.ts";
import { t } from "../texts.ts";
import type { DeskView } from "./views.ts";
import "./views.css";

type Loaded = { page: ComponentType } | "loading" | "failed";

/** The page of a view, fetched when it is first opened. */
export function ViewPane({ view }: { view: DeskView }) {
  const [loaded, setLoaded] = useState<Loaded>("loading");
  const load = (): void => {
    setLoaded("loading");
    view.load().then(
      (page) => setLoaded({ page }),
      () => setLoaded("failed"),
    );
  };
  useEffect(load, [view]);
  return (
    <section class="pane view-pane" id="conversation" tabIndex={-1} aria-label={view.label()}>
      {loaded === "loading" && <Skeleton lines={[30, 100, 60, 80]} />}
      {loaded === "failed" && (
        <Empty icon="alert" title={t("view_failed")} text={t("view_failed_text")}>
          <Button onClick={load}>{t("try_again")}</Button>
        </Empty>
      )}
      {typeof loaded === "object" && <loaded.page />}
    </section>
  );
}
