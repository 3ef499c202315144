import { Badge, Button, Empty, Icon, Skeleton } from "../../../ui/index.ts";
import { segmentName } from "../../model/names.ts";
import { chosenCandidate, nameOf, result, searchNow, type Candidate } from "./model.ts";
import { t } from "./texts.ts";

/** Candidates: enough to choose, too little to use. Several are listed, none is guessed. */
export function Results() {
  return (
    <section class="found scroll" aria-label={t("find")} aria-busy={result.value === "loading"}>
      <p class="sr" role="status">
        {typeof result.value === "object" && t("results", { count: result.value.customers.length })}
      </p>
      <State />
    </section>
  );
}

function State() {
  const found = result.value;
  if (found === "start") return <Empty icon="search" title={t("start")} text={t("start_more")} />;
  if (found === "loading") return <Skeleton lines={[90, 60, 90, 60, 90]} />;
  if (found === "failed" || found === "too_many") {
    const title = t(found === "failed" ? "failed_search" : "too_many");
    return (
      <Empty icon="alert" title={title}>
        <Button onClick={searchNow}>{t("try_again")}</Button>
      </Empty>
    );
  }
  if (found.too_common) return <Empty icon="users" title={t("common")} text={t("common_more")} />;
  if (found.customers.length === 0) {
    return <Empty icon="user" title={t("none")} text={t("none_more")} />;
  }
  return (
    <>
      <ul>
        {found.customers.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
      {found.more && <p class="t12 t3 found-more">{t("more")}</p>}
    </>
  );
}

const WHY = ["name", "number", "phone", "mail", "case", "reference"] as const;

const whyText = (why: string): string => {
  const known = WHY.find((one) => one === why);
  return known ? t(`why_${known}`) : why;
};

function Row({ one }: { one: Candidate }) {
  const second = nameOf(one) === one.name ? one.name_zh : one.name;
  const step = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...document.querySelectorAll<HTMLElement>(".finding .found-row")];
    const by = event.key === "ArrowDown" ? 1 : -1;
    const to = rows.indexOf(event.currentTarget as HTMLElement) + by;
    (rows[to] ?? (to < 0 ? document.getElementById("find-customer") : null))?.focus();
    event.preventDefault();
  };
  return (
    <li>
      <button
        type="button"
        class="found-row"
        aria-current={chosenCandidate.value?.id === one.id ? "true" : undefined}
        onClick={() => (chosenCandidate.value = one)}
        onKeyDown={step}
      >
        <span class="found-l1">
          <b class="trunc">{nameOf(one)}</b>
          {second && second !== nameOf(one) && <span class="t2 trunc">{second}</span>}
          <span class="mono t12 t2 push">{one.number}</span>
        </span>
        <span class="found-l2">
          <Badge tone={one.segment === "premier" ? "premier" : "line"}>
            {segmentName(one.segment)}
          </Badge>
          {one.lifecycle === "prospect" && <Badge>{t("stage_prospect")}</Badge>}
          {one.contact_id && (
            <Badge tone="blue" icon="chat">
              {t("in_hand")}
            </Badge>
          )}
          <span class="t12 t3 push row row-1">
            <Icon name="search" size={12} />
            {t("found_by", { what: one.why.map(whyText).join(", ") })}
          </span>
        </span>
      </button>
    </li>
  );
}
