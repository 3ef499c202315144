/** What a customer says they do not want to be written, and takes back. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Both, ScreenPop } from "../../contract.ts";
import { done } from "../../feed/index.ts";
import { both, exactTime } from "../../i18n/index.ts";
import { Button, channelName, Icon, Menu, toast } from "../../ui/index.ts";
import { contacts, feed, setup } from "../model/store.ts";
import { notMeItem } from "../safety/notMe.ts";
import { isWritten } from "./channels.ts";
import { t } from "./texts.ts";

const PURPOSES = ["marketing", "survey", "service"] as const;
/** Counts what was written down or taken back here, so that the list is read again. */
const changes = signal(0);
type Purpose = (typeof PURPOSES)[number];

/** Who wants no service messages wants nothing at all. */
const whole = (purpose: Purpose): readonly Purpose[] =>
  purpose === "service" ? PURPOSES : [purpose];

async function note(contactId: string, channel: string, purpose: Purpose): Promise<void> {
  const args = { contact_id: contactId, channel, purposes: whole(purpose) };
  const answer = await feed.send<{ changed: boolean }>("note_refusal", args);
  if (!done(answer) || !answer.ok) return;
  changes.value += 1;
  toast({ tone: "ok", title: t(answer.result.changed ? "refusal_noted" : "refusal_known") });
}

export async function takeBackRefusal(
  contactId: string,
  channel: string,
  purposes: readonly Purpose[] = PURPOSES,
): Promise<void> {
  const args = { contact_id: contactId, channel, purposes };
  if (done(await feed.send("take_back_refusal", args))) {
    changes.value += 1;
    toast({ tone: "ok", title: t("refusal_taken_back") });
  }
}

interface Noted {
  channel: string;
  purpose: Purpose;
  at: number;
  by: Both | null;
}

/** What is in force for this customer, each line with its way back. */
export function RefusalList({ contactId }: { contactId: string }) {
  const [noted, setNoted] = useState<readonly Noted[]>([]);
  const closed = contacts.value[contactId]?.composer?.closed;
  useEffect(() => {
    let isHere = true;
    void feed.send<{ refusals: Noted[] }>("refusals", { contact_id: contactId }).then((answer) => {
      if (isHere && answer.ok) setNoted(answer.result.refusals);
    });
    return () => void (isHere = false);
  }, [contactId, closed, changes.value]);
  if (noted.length === 0) return null;
  return (
    <ul class="in-pane refusals" aria-label={t("refusals")}>
      {noted.map((one) => (
        <li key={`${one.channel} ${one.purpose}`} class="row t12">
          <Icon name="message-off" size={14} />
          <span class="grow">
            {channelName(one.channel)}: {t(`refuse_${one.purpose}`)}
            <span class="t3">
              {" "}
              · {one.by ? both(one.by) : t("by_customer")}, {exactTime(one.at)}
            </span>
          </span>
          <Button
            size="s"
            onClick={() => void takeBackRefusal(contactId, one.channel, [one.purpose])}
          >
            {t("refusal_back")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** On every written channel of a known customer; of a guest only where they write from. */
function channelsOf(record: ScreenPop): readonly string[] {
  const contact = contacts.value[record.contact_id];
  if (!contact || contact.my_role !== "owner") return [];
  if (record.customer) return setup.value?.writes ?? [];
  return isWritten(contact) ? [contact.channel] : [];
}

export function RefusalMenu({ record }: { record: ScreenPop }) {
  const channels = channelsOf(record);
  if (channels.length === 0) return null;
  const contact = contacts.value[record.contact_id];
  const refusals = channels.flatMap((channel) =>
    PURPOSES.map((purpose, index) => ({
      id: `${channel} ${purpose}`,
      label: t(`refuse_${purpose}`),
      ...(index === 0 ? { heading: channelName(channel) } : {}),
      onPick: () => void note(record.contact_id, channel, purpose),
    })),
  );
  const items =
    contact && isWritten(contact) ? [...refusals, notMeItem(record.contact_id)] : refusals;
  return (
    <>
      <RefusalList contactId={record.contact_id} />
      <p class="in-pane">
        <Menu class="btn btn-s" named label={t("note_refusal")} items={items}>
          <Icon name="message-off" size={14} />
          {t("note_refusal")}
        </Menu>
      </p>
    </>
  );
}
