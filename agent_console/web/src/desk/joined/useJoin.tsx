import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Icon, Kbd, type MenuItem } from "../../ui/index.ts";
import { isWritten } from "../written/channels.ts";
import { JoinDialog } from "./JoinDialog.tsx";
import { t } from "./texts.ts";

const KEYS = "Alt+Shift+KeyG";

/** Merge, link or split a talk by mail or SMS: its item for a menu, and the dialog once asked. */
export function useJoin(contact: ContactView) {
  const [asking, setAsking] = useState(false);
  const ask = (): void => setAsking(true);
  const isOffered = isWritten(contact);
  useShortcuts(isOffered ? [{ keys: KEYS, label: t("join"), run: ask }] : []);
  const items: MenuItem[] = [
    {
      id: "join",
      label: t("join"),
      mark: <Icon name="merge" />,
      hint: <Kbd keys={KEYS} />,
      onPick: ask,
    },
  ];
  return {
    items: isOffered ? items : [],
    dialog: asking && <JoinDialog contact={contact} onClose={() => setAsking(false)} />,
  };
}
