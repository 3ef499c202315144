import { computed } from "@preact/signals";
import { number, span } from "../../i18n/index.ts";
import { channelIcon, channelName, Count, Empty, Icon } from "../../ui/index.ts";
import { narrow } from "../frame/panes.ts";
import { active, feed, figures, me, narrowPane, offered, wrapUps } from "../model/store.ts";
import { t } from "../texts.ts";
import { openView } from "../views/views.ts";
import { OfferCard } from "./OfferCard.tsx";
import { WorkRow } from "./WorkRow.tsx";

/** My work: offers docked on top, then what is active, then what waits for its wrap-up. */
export function WorkList() {
  return (
    <section class="pane work" aria-label={t("my_work")} tabIndex={-1}>
      <Capacity />
      <div class="scroll">
        {!offersFloat.value && <Offers />}
        <Groups />
      </div>
      <Today />
    </section>
  );
}

const offersFloat = computed(
  () => narrow.value && (narrowPane.value === "talk" || openView.value !== null),
);

function Offers() {
  return (
    <>
      {offered.value.map((one, index) => (
        <OfferCard key={one.reservation_id} offer={one} first={index === 0} />
      ))}
    </>
  );
}

/** Where the list is not on screen, offers float over the conversation. */
export function FloatingOffers() {
  if (!offersFloat.value || offered.value.length === 0) return null;
  return (
    <section class="offers-float" aria-label={t("offers")}>
      <Offers />
    </section>
  );
}

function Groups() {
  const mine = active.value;
  const after = wrapUps.value;
  if (mine.length + after.length === 0) return offered.value.length ? null : <Nothing />;
  return (
    <>
      {mine.length > 0 && (
        <>
          <h2 class="group-h">
            {t("active")} <Count>{mine.length}</Count>
          </h2>
          <ul>
            {mine.map((one) => (
              <WorkRow key={one.id} contact={one} />
            ))}
          </ul>
        </>
      )}
      {after.length > 0 && (
        <>
          <h2 class="group-h">
            {t("wrap_up")} <Count>{after.length}</Count>
          </h2>
          <ul>
            {after.map((one) => (
              <WorkRow key={one.id} contact={one} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Nothing() {
  const ready = me.value?.presence === "available" && feed.link.value.phase === "live";
  return (
    <Empty
      icon="inbox"
      title={t("no_contacts")}
      text={t(ready ? "no_contacts_ready" : "no_contacts_away")}
    />
  );
}

function Capacity() {
  const mine = me.value;
  if (!mine) return null;
  return (
    <ul class="capacity" aria-label={t("capacity")}>
      {mine.channels.map(({ channel, used, room }) => {
        const words = `${channelName(channel)}: ${t("of", { used, whole: used + room })}`;
        return (
          <li key={channel} title={words}>
            <Icon name={channelIcon(channel)} size={14} />
            <span class="sr">{words}</span>
            <span aria-hidden="true">
              <b class="fw6">{used}</b>/{used + room}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Today() {
  const day = figures.value;
  if (!day) return null;
  const mean = day.average_handle_seconds;
  const score = day.average_score;
  return (
    <dl class="dayfoot" aria-label={t("today")}>
      <div>
        <dd>{number(day.handled)}</dd>
        <dt>{t("handled_today")}</dt>
      </div>
      <div>
        <dd>{mean === null ? "–" : span(mean)}</dd>
        <dt>{t("average_time")}</dt>
      </div>
      <div>
        <dd>{score === null ? "–" : number(score, 1)}</dd>
        <dt>{t("satisfaction")}</dt>
      </div>
    </dl>
  );
}
