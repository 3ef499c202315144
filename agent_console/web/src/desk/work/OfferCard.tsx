import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { OfferView } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, htmlLang, span } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { serverNow, tick } from "../../lib/clock.ts";
import {
  Badge,
  Button,
  channelIcon,
  channelName,
  Countdown,
  Dialog,
  Icon,
} from "../../ui/index.ts";
import { t as hands } from "../hands/texts.ts";
import { queueName, segmentName } from "../model/names.ts";
import { choose, contacts, feed, peekedOffer, setup, titleOf } from "../model/store.ts";
import { focusWhenShown } from "../focus.ts";
import { t } from "../texts.ts";

/** Offers that were answered here and are on their way. */
const answered = signal<ReadonlySet<string>>(new Set());

function mark(id: string, on: boolean): void {
  const next = new Set(answered.value);
  if (on) next.add(id);
  else next.delete(id);
  answered.value = next;
}

async function accept(offer: OfferView): Promise<void> {
  mark(offer.reservation_id, true);
  const answer = await feed.send("accept", { reservation_id: offer.reservation_id });
  if (!done(answer)) {
    mark(offer.reservation_id, false);
    return;
  }
  chooseWhenThere(offer.contact_id);
}

/** The contact may come a moment after the answer. */
function chooseWhenThere(contactId: string): void {
  const stop = contacts.subscribe((now) => {
    if (!(contactId in now)) return;
    queueMicrotask(() => stop());
    choose(contactId);
    const own = `[data-for="${CSS.escape(contactId)}"]`;
    focusWhenShown(`#composer${own}, #call-mute${own}`);
  });
}

async function decline(offer: OfferView, reason: string): Promise<void> {
  mark(offer.reservation_id, true);
  const answer = await feed.send("decline", { reservation_id: offer.reservation_id, reason });
  if (!done(answer)) mark(offer.reservation_id, false);
}

/** An offered contact. Focus stays where it is; it is said on arrival and at five seconds left. */
export function OfferCard({ offer, first }: { offer: OfferView; first: boolean }) {
  const [asking, setAsking] = useState(false);
  const busy = answered.value.has(offer.reservation_id);
  useShortcuts(
    first && !busy
      ? [
          { keys: "Alt+KeyA", label: t("accept"), run: () => void accept(offer) },
          { keys: "Alt+KeyX", label: t("decline"), run: () => setAsking(true) },
        ]
      : [],
  );
  return (
    <div class="offer-dock">
      <section
        class="offer-in"
        role="alertdialog"
        aria-labelledby={`offer-${offer.reservation_id}`}
      >
        <Said offer={offer} />
        <OfferHead offer={offer} />
        {offer.cause === "returned" && (
          <p class="t12 fw5">
            <Icon name="reply" size={14} /> {hands("transfer_came_back")}
          </p>
        )}
        {offer.wants && (
          <p class="t12 t2 offer-wants">
            {t("wants")}{" "}
            <b class="fw6" lang={htmlLang(offer.language)}>
              {offer.wants}
            </b>
          </p>
        )}
        <div class="row">
          <Button
            kind="ok"
            class="grow"
            icon={channelIcon(offer.channel)}
            keys={first ? "Alt+KeyA" : undefined}
            aria-disabled={busy}
            onClick={() => !busy && void accept(offer)}
          >
            {t("accept")}
          </Button>
          <Button aria-keyshortcuts="Alt+X" aria-disabled={busy} onClick={() => setAsking(true)}>
            {t("decline")}
          </Button>
        </div>
      </section>
      {asking && <DeclineDialog offer={offer} onClose={() => setAsking(false)} />}
    </div>
  );
}

function OfferHead({ offer }: { offer: OfferView }) {
  return (
    <div class="row row-3">
      <Countdown until={offer.expires_at} wholeSeconds={offer.expires_at - offer.offered_at} />
      <div class="grow">
        <div class="row row-1">
          <button
            type="button"
            class="offer-name trunc"
            aria-pressed={peekedOffer.value === offer.reservation_id}
            title={t("peek")}
            onClick={() => peek(offer)}
          >
            {titleOf(offer)}
          </button>
          {offer.segment && (
            <Badge tone={offer.segment === "premier" ? "premier" : "line"}>
              {segmentName(offer.segment)}
            </Badge>
          )}
        </div>
        <div class="t12 t2">
          {channelName(offer.channel)} · {queueName(offer.queue_id)} ·{" "}
          {t("waited", { time: span(offer.waited_seconds) })}
        </div>
      </div>
    </div>
  );
}

function peek(offer: OfferView): void {
  peekedOffer.value = peekedOffer.value === offer.reservation_id ? null : offer.reservation_id;
}

/** The name of the dialog, spoken twice and not each second. */
function Said({ offer }: { offer: OfferView }) {
  const lastSeconds = offer.expires_at - tick.value <= 5;
  const start = useRef(Math.round(offer.expires_at - serverNow()));
  const seconds = lastSeconds ? 5 : start.current;
  return (
    <span class="sr" id={`offer-${offer.reservation_id}`} role="alert">
      {t("offer_said", {
        channel: channelName(offer.channel),
        name: titleOf(offer),
        count: Math.max(0, seconds),
      })}
    </span>
  );
}

function DeclineDialog({ offer, onClose }: { offer: OfferView; onClose: () => void }) {
  const reasons = setup.value?.decline_reasons ?? [];
  const busy = reasons.find((one) => one.code === "busy") ?? reasons[0];
  const [reason, setReason] = useState(busy?.code ?? "busy");
  useEffect(() => {
    const ends = setTimeout(onClose, Math.max(0, offer.expires_at - serverNow()) * 1000);
    return () => clearTimeout(ends);
  }, []);
  const submit = (): void => {
    onClose();
    void decline(offer, reason);
  };
  return (
    <Dialog
      title={t("decline_title", { name: titleOf(offer) })}
      size="s"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("decline")}
          </Button>
        </>
      }
    >
      <fieldset class="col">
        <legend class="lbl">{t("decline_why")}</legend>
        {reasons.map((one) => (
          <label key={one.code} class="choice">
            <input
              type="radio"
              name="reason"
              checked={one.code === reason}
              autoFocus={one.code === reason}
              onChange={() => setReason(one.code)}
            />
            {both(one.label)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
