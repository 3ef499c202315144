import { useEffect, useRef, useState } from "preact/hooks";
import { Banner, Button, Icon } from "../../../ui/index.ts";
import { titleOf } from "../../model/store.ts";
import { guest, guestId, mergeTarget, nameOf, searchNow, words } from "./model.ts";
import { Opened } from "./Opened.tsx";
import { ProspectDialog } from "./ProspectDialog.tsx";
import { Results } from "./Results.tsx";
import { t } from "./texts.ts";
import "./customers.css";

/** Find a customer by words; the record opens beside the list, the contacts stay where they are. */
export function CustomersView() {
  const [making, setMaking] = useState(false);
  return (
    <>
      <header class="view-h">
        <h1>{t("customers")}</h1>
        <SearchBox />
        <Button icon="user-plus" class="push" onClick={() => setMaking(true)}>
          {t("new_prospect")}
        </Button>
      </header>
      <Purpose />
      <div class="finding">
        <Results />
        <Opened />
      </div>
      {making && <ProspectDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="inx find-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        searchNow();
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        id="find-customer"
        type="search"
        autoComplete="off"
        spellcheck={false}
        maxLength={200}
        aria-label={t("find")}
        placeholder={t("find_hint")}
        value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" || event.isComposing) return;
          document.querySelector<HTMLElement>(".finding .found-row")?.focus();
          event.preventDefault();
        }}
      />
    </form>
  );
}

/** For whom, or for what, a record is looked for. */
function Purpose() {
  const who = guest.value;
  const target = mergeTarget.value;
  if (!who && !target) return null;
  const stop = (): void => {
    guestId.value = null;
    mergeTarget.value = null;
  };
  return (
    <Banner tone="info" icon={target ? "layers" : "link"} class="finding-for">
      <span class="row">
        {target && `${nameOf(target)}: ${t("merge_pick")}`}
        {!target && who && t("for_guest", { guest: titleOf(who) })}
        <Button size="s" kind="ghost" class="push" onClick={stop}>
          {t("stop_looking")}
        </Button>
      </span>
    </Banner>
  );
}
