import type { CustomerCard } from "../../contract.ts";
import { lang } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { IconButton } from "../../ui/index.ts";
import { me, setup } from "../model/store.ts";
import { t } from "./texts.ts";
import { beginWriting } from "./ways.ts";

const KEYS = "Alt+Shift+KeyM";

const nameOf = (who: CustomerCard): string =>
  lang.value === "zh" ? who.name_zh || who.name : who.name;

const begin = (who: CustomerCard, channel?: string): void =>
  beginWriting({
    customer_id: who.id,
    name: nameOf(who),
    language: who.language,
    ...(channel ? { channel } : {}),
  });

const mayWrite = (): boolean => me.value?.rights.includes("handle_contacts") ?? false;

/** Begins a new message to the customer of a record; nothing where the bank writes from nowhere. */
export function WriteTo({ who, channel }: { who: CustomerCard; channel: "sms" | "email" }) {
  if (!mayWrite() || !setup.value?.writes.includes(channel)) return null;
  return (
    <IconButton
      icon={channel === "sms" ? "sms" : "mail"}
      size={24}
      label={t(`write_${channel}`, { name: nameOf(who) })}
      onClick={() => begin(who, channel)}
    />
  );
}

/** The same by key and from the palette. */
export function WriteKey({ who }: { who: CustomerCard | null }) {
  const may = who !== null && mayWrite() && (setup.value?.writes.length ?? 0) > 0;
  useShortcuts(may ? [{ keys: KEYS, label: t("new_letter"), run: () => begin(who) }] : []);
  return null;
}
