import type { CallerView } from "../../../contract.ts";
import { Button, Count, Empty, Segmented, Skeleton } from "../../../ui/index.ts";
import { t } from "../../calls/texts.ts";
import { CallerRow } from "./CallerRow.tsx";
import { countOf, kind, KINDS, read, shown, useCallers } from "./model.ts";
import "./callers.css";

/** Who gave up in line, who left a message, who was promised a call: claim, call, done. */
export function CallersView() {
  useCallers();
  const all = ["all", ...KINDS] as const;
  return (
    <>
      <header class="view-h">
        <h1>{t("callers")}</h1>
        <Segmented
          label={t("which_callers")}
          chosen={kind.value}
          onChoose={(id) => (kind.value = id)}
          items={all.map((id) => ({
            id,
            label: (
              <>
                {t(`kind_${id}`)} <Count>{countOf(id)}</Count>
              </>
            ),
          }))}
        />
      </header>
      <div class="view-b scroll">
        <p class="t12 t2 callers-more">{t("callers_more")}</p>
        <List callers={shown.value} />
      </div>
    </>
  );
}

function List({ callers }: { callers: readonly CallerView[] | "loading" | "failed" }) {
  if (callers === "loading") return <Skeleton lines={[90, 70, 90, 60]} />;
  if (callers === "failed") {
    return (
      <Empty icon="alert" title={t("callers_failed")}>
        <Button onClick={() => void read()}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (callers.length > 0) {
    return (
      <ul class="callers" aria-label={t("callers")}>
        {callers.map((one) => (
          <CallerRow key={one.id} caller={one} />
        ))}
      </ul>
    );
  }
  if (kind.value === "all") {
    return <Empty icon="phone-in" title={t("no_callers")} text={t("no_callers_more")} />;
  }
  return (
    <Empty icon="phone-in" title={t("no_callers_kind")}>
      <Button onClick={() => (kind.value = "all")}>{t("show_all")}</Button>
    </Empty>
  );
}
