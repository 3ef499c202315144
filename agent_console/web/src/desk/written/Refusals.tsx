/** What a customer says they do not want to be written, and takes back. */
import { done } from "../../feed/index.ts";
import type { ScreenPop } from "../../contract.ts";
import { channelName, Icon, Menu, toast } from "../../ui/index.ts";
import { contacts, feed, setup } from "../model/store.ts";
import { notMeItem } from "../safety/notMe.ts";
import { isWritten } from "./channels.ts";
import { t } from "./texts.ts";

const PURPOSES = ["marketing", "survey", "service"] as const;
type Purpose = (typeof PURPOSES)[number];

/** Who wants no service messages wants nothing at all. */
const whole = (purpose: Purpose): readonly Purpose[] =>
  purpose === "service" ? PURPOSES : [purpose];

async function note(contactId: string, channel: string, purpose: Purpose): Promise<void> {
  const args = { contact_id: contactId, channel, purposes: whole(purpose) };
  const answer = await feed.send<{ changed: boolean }>("note_refusal", args);
  if (!done(answer) || !answer.ok) return;
  toast({ tone: "ok", title: t(answer.result.changed ? "refusal_noted" : "refusal_known") });
}

export async function takeBackRefusal(contactId: string, channel: string): Promise<void> {
  const args = { contact_id: contactId, channel, purposes: PURPOSES };
  if (done(await feed.send("take_back_refusal", args))) {
    toast({ tone: "ok", title: t("refusal_taken_back") });
  }
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
    <p class="in-pane">
      <Menu class="btn btn-s" named label={t("note_refusal")} items={items}>
        <Icon name="message-off" size={14} />
        {t("note_refusal")}
      </Menu>
    </p>
  );
}
