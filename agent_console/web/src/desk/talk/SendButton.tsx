import { useState } from "preact/hooks";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Button, Icon, Kbd, Menu } from "../../ui/index.ts";
import { sendWith } from "../model/settings.ts";
import { LaterDialog } from "../outgoing/Later.tsx";
import { t as outgoing } from "../outgoing/texts.ts";
import { t } from "../texts.ts";

interface SendProps {
  note: boolean;
  /** Of a mail: never sent by Enter alone. */
  letter: boolean;
  /** The words can leave at a time that is chosen. */
  later: boolean;
  ready: boolean;
  /** Ready but for an address that is none. */
  isReady: () => boolean;
  /** With a time when it is not to leave now. */
  onSend: (leavesAt?: number) => void;
}

const LATER_KEYS = "Alt+Shift+KeyL";

/** Sends now or at a chosen time; how the keys send is chosen here too. */
export function SendButton({ note, letter, later, ready, isReady, onSend }: SendProps) {
  const [asking, setAsking] = useState(false);
  const onLater = (): void => setAsking(isReady());
  const keys = sendWith.value === "enter" && !letter ? "Enter" : "Mod+Enter";
  useShortcuts(later ? [{ keys: LATER_KEYS, label: outgoing("later_title"), run: onLater }] : []);
  const ways = (["mod_enter", "enter"] as const).map((id) => ({
    id,
    label: t(`send_${id}`),
    checked: sendWith.value === id,
    onPick: () => {
      sendWith.value = id;
    },
  }));
  const atTime = {
    id: "later",
    label: outgoing("send_later"),
    mark: <Icon name="calendar" size={14} />,
    hint: <Kbd keys={LATER_KEYS} />,
    onPick: onLater,
  };
  const items = [...(later ? [atTime] : []), ...(letter ? [] : ways)];
  const title = letter ? outgoing("send_later") : t("send_with");
  return (
    <span class="split">
      <Button kind="primary" keys={keys} aria-disabled={!ready} onClick={() => onSend()}>
        {t(note ? "add_note" : "send")}
      </Button>
      <Menu class="btn btn-p" label={title} title={title} items={items}>
        <Icon name="down" size={14} />
      </Menu>
      {asking && (
        <LaterDialog
          onClose={() => setAsking(false)}
          onPick={(at) => {
            onSend(at);
            setAsking(false);
          }}
        />
      )}
    </span>
  );
}
