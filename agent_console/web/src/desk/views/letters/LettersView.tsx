import { useEffect } from "preact/hooks";
import { number } from "../../../i18n/index.ts";
import { Button, Count, Empty, Skeleton, Tabs } from "../../../ui/index.ts";
import { takeNext } from "./acts.ts";
import { ChosenBar } from "./ChosenBar.tsx";
import { HeldList } from "./HeldList.tsx";
import { LetterRow } from "./LetterRow.tsx";
import { onListKey } from "./keys.ts";
import {
  countMost,
  counts,
  isStale,
  lines,
  list,
  LISTS,
  load,
  loadMore,
  openList,
  page,
} from "./model.ts";
import { t } from "./texts.ts";
import "./letters.css";

const PANEL = "letters-list";

/** Mail and messages as lists: take one or the next, and do something with many. */
export function LettersView() {
  useEffect(() => openList(list.value), []);
  return (
    <>
      <header class="view-h">
        <h1>{t("letters")}</h1>
        <Button kind="primary" icon="inbox" class="push" keys="Alt+KeyG" onClick={takeThis}>
          {t("take_next")}
        </Button>
      </header>
      <div class="letters-tabs">
        <Tabs
          label={t("lists")}
          panel={PANEL}
          chosen={list.value}
          onChoose={openList}
          items={LISTS.map((id) => ({ id, label: <ListName id={id} /> }))}
        />
      </div>
      <ChosenBar />
      <div
        class="view-b scroll letters-b"
        id={PANEL}
        role="tabpanel"
        aria-labelledby={`${PANEL}-tab-${list.value}`}
      >
        {isStale.value && (
          <p class="letters-stale" role="status">
            {t("changed")}{" "}
            <button type="button" class="linkish" onClick={() => openList(list.value)}>
              {t("show_changed")}
            </button>
          </p>
        )}
        {list.value === "spam" ? <HeldList /> : <List />}
      </div>
    </>
  );
}

const takeThis = (): void => void takeNext();

function ListName({ id }: { id: (typeof LISTS)[number] }) {
  const count = counts.value[id];
  const shown = count === undefined ? "" : counted(count);
  return (
    <>
      {t(id)}
      {shown && <Count tone={id === "failed" && count ? "bad" : undefined}>{shown}</Count>}
    </>
  );
}

const counted = (count: number): string =>
  count >= countMost.value ? `${number(countMost.value - 1)}+` : number(count);

function List() {
  const found = page.value;
  if (found === "loading") return <Skeleton lines={[90, 60, 90, 60, 90, 60]} />;
  if (found === "failed") {
    return (
      <Empty icon="alert" title={t("list_failed")}>
        <Button onClick={() => void load()}>{t("show_changed")}</Button>
      </Empty>
    );
  }
  if (found.lines.length === 0) {
    const name = list.value;
    return <Empty icon="mail" title={t(`empty_${name}`)} text={t(`empty_${name}_more`)} />;
  }
  return (
    <>
      <p class="sr" role="status">
        {t("shown", { count: lines.value.length })}
      </p>
      <ul class="letter-lines" onKeyDown={onListKey} aria-label={t(list.value)}>
        {found.lines.map((one) => (
          <LetterRow key={`${one.contact_id}/${one.seq ?? ""}`} line={one} />
        ))}
      </ul>
      {found.more && (
        <div class="letters-more">
          <Button onClick={() => void loadMore()}>{t("more")}</Button>
        </div>
      )}
    </>
  );
}
