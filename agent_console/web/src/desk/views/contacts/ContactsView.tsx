import { useEffect } from "preact/hooks";
import { both, exactTime } from "../../../i18n/index.ts";
import { Badge, Button, ChannelTile, Empty, Skeleton } from "../../../ui/index.ts";
import { queueName } from "../../model/names.ts";
import { Filter } from "./Filter.tsx";
import { chosenContact, result, searchNow, type ClosedContact } from "./model.ts";
import { outcomeOf, whoOf } from "./names.ts";
import { Reading } from "./Reading.tsx";
import { t } from "./texts.ts";
import "../customers/customers.css";
import "./contacts.css";

/** Find what is over, read it, add to it, open it again. */
export function ContactsView() {
  useEffect(() => void searchNow(), []);
  return (
    <>
      <header class="view-h">
        <h1>{t("closed_contacts")}</h1>
      </header>
      <Filter />
      <div class="finding">
        <section class="found scroll" aria-label={t("find_contacts")}>
          <List />
        </section>
        <Reading />
      </div>
    </>
  );
}

function List() {
  const found = result.value;
  if (found === "loading") return <Skeleton lines={[90, 60, 90, 60, 90]} />;
  if (typeof found === "string") {
    const title = found === "failed" ? t("failed_search") : t(found);
    return (
      <Empty icon="alert" title={title}>
        <Button onClick={() => void searchNow()}>{t("try_again")}</Button>
      </Empty>
    );
  }
  return (
    <>
      <p class="sr" role="status">
        {t("count", { count: found.contacts.length })}
      </p>
      {found.contacts.length === 0 ? (
        <Empty icon="history" title={t("none")} text={t("none_more")} />
      ) : (
        <ul>
          {found.contacts.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
      )}
      {found.more && <p class="t12 t3 found-more">{t("more")}</p>}
      {found.read_back_to !== null && (
        <p class="t12 t3 found-more">
          {t("read_back_to", { when: exactTime(found.read_back_to) })}
        </p>
      )}
    </>
  );
}

function Row({ one }: { one: ClosedContact }) {
  return (
    <li>
      <button
        type="button"
        class="found-row closed-row"
        aria-current={chosenContact.value?.id === one.id ? "true" : undefined}
        onClick={() => (chosenContact.value = one)}
      >
        <ChannelTile channel={one.channel} size={32} />
        <span class="grow">
          <span class="found-l1">
            <b class="trunc">{whoOf(one)}</b>
            <time class="t12 t3 push">{exactTime(one.closed_at)}</time>
          </span>
          <span class="found-l2">
            <Badge>{outcomeOf(one)}</Badge>
            <span class="t12 t2 trunc">
              {[queueName(one.queue_id), one.agent ? both(one.agent) : t("nobody")]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span class="mono t12 t3 push">{one.reference}</span>
          </span>
        </span>
      </button>
    </li>
  );
}
