import type { CallView, ContactView } from "../../contract.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Icon, IconButton, Menu, type MenuItem } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { asked } from "../talk/asked.ts";
import { ContactHead } from "../talk/ContactHead.tsx";
import { t as desk } from "../texts.ts";
import { endAs, markThreat, sendToMenu, type OneKey } from "./acts.ts";
import { numberItems } from "./SavedNumber.tsx";
import { Recording } from "./Recording.tsx";
import { t } from "./texts.ts";

/** Who it is, from which number, whether it is recorded, and what is rarely needed. */
export function CallHead({ contact }: { contact: ContactView }) {
  const { call } = contact;
  return (
    <ContactHead contact={contact} reach={<span class="mono">{numberOf(call)}</span>}>
      {call && <Recording contact={contact} call={call} />}
      {contact.my_role === "owner" && <OwnerActs contact={contact} />}
    </ContactHead>
  );
}

const numberOf = (call: CallView | null): string =>
  call?.number === "" ? t("from_page") : (call?.number ?? t("number_withheld"));

function OwnerActs({ contact }: { contact: ContactView }) {
  const help = (): void => {
    asked.value = "help";
  };
  useShortcuts([{ keys: "Alt+Shift+KeyH", label: desk("ask_help"), run: help }]);
  return (
    <>
      <IconButton icon="hand" label={desk("ask_help")} keys="Alt+Shift+KeyH" onClick={help} />
      <Menu class="ib" label={t("more_acts")} title={t("more_acts")} items={more(contact)}>
        <Icon name="more" />
      </Menu>
    </>
  );
}

const ONE_KEY: readonly OneKey[] = ["wrong_number", "silent", "prank"];

/** Ends without the full wrap-up, the mark of a threat, and ways back into the phone menu. */
function more(contact: ContactView): MenuItem[] {
  const flows = setup.value?.calls?.flows ?? [];
  const owns = contact.call !== null && contact.call.state !== "ended";
  if (!owns) return [];
  return [
    ...flows.map((one, index) => ({
      id: `flow ${one.code}`,
      ...(index === 0 ? { heading: t("to_menu") } : {}),
      label: one.label[contact.language] || one.label.en,
      mark: <Icon name="keypad" />,
      onPick: () => sendToMenu(contact, one.code),
    })),
    ...numberItems(contact),
    ...ONE_KEY.map((code, index) => ({
      id: code,
      ...(index === 0 ? { heading: t("end_as") } : {}),
      label: t(`end_as_${code}`),
      mark: <Icon name="phone-off" />,
      onPick: () => endAs(contact, code),
    })),
    {
      id: "threat",
      heading: t("danger"),
      label: t("threat"),
      mark: <Icon name="alert" />,
      onPick: () => void markThreat(contact),
    },
  ];
}
