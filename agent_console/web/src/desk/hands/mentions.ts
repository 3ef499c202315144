/** Colleagues named in a note, and the notice when a colleague names me. */
import type { Both } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { toast } from "../../ui/index.ts";
import { messageSound } from "../model/sound.ts";
import { choose, contacts, feed, me, setup } from "../model/store.ts";
import { t } from "./texts.ts";

const MOST = 5;

/** The ids of colleagues whose `@Name` stands in the text, in either language. */
export function mentionsIn(text: string): string[] {
  if (!text.includes("@")) return [];
  return (setup.value?.agents ?? [])
    .filter((one) => one.id !== me.value?.id)
    .filter((one) => [one.name.en, one.name.zh].some((name) => name && text.includes(`@${name}`)))
    .map((one) => one.id)
    .slice(0, MOST);
}

interface MentionTell {
  contact_id: string;
  by: Both | null;
}

feed.onTell("mention", (payload) => {
  const told = payload as MentionTell;
  messageSound();
  toast({
    tone: "ok",
    title: t("mentioned", { name: told.by ? both(told.by) : t("a_colleague") }),
    action: { label: t("open_talk"), run: () => openWhenThere(told.contact_id) },
  });
});

/** The talk may come to the list a moment after the notice. */
function openWhenThere(contactId: string): void {
  const stop = contacts.subscribe((now) => {
    if (!(contactId in now)) return;
    queueMicrotask(() => stop());
    choose(contactId);
  });
}
