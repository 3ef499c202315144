import type { ContactView } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import { useShortcuts } from "../../keys/shortcuts.ts";
import { Avatar, ChannelTile, Icon, type IconName } from "../../ui/index.ts";
import { contacts } from "../model/store.ts";
import { customerOf } from "../watch/customerOf.ts";
import { canListen, hangUp, listen, modeOf, MODES, type Mode } from "./listen.ts";
import { t } from "./texts.ts";

const LOOK: Record<Mode, IconName> = { listen: "ear", coach: "whisper", talk: "barge" };

/** Over a watched call: hear it, whisper, join, stop. Says who can hear the supervisor. */
export function CallControls({ contact }: { contact: ContactView }) {
  const row = contacts.value[contact.id];
  const mode = modeOf(contact);
  const owner = contact.participants.find((one) => one.role === "owner");
  const able = row !== undefined && canListen(row);
  const coach = contact.call?.abilities.includes("coach") ?? false;
  useShortcuts([{ keys: "Alt+Shift+KeyE", label: t("stop"), run: () => void hangUp(contact) }]);
  return (
    <div class="callbar" role="group" aria-label={t("monitor_call")}>
      <div class="row grow">
        {owner ? (
          <Avatar name={both(owner.name)} seed={owner.agent_id} />
        ) : (
          <ChannelTile channel={contact.channel} size={24} />
        )}
        <Who contact={contact} mode={mode} />
      </div>
      <div class="row row-1">
        {able &&
          MODES.filter((one) => one !== "coach" || coach).map((one) => (
            <button
              key={one}
              type="button"
              class="cbtn"
              aria-pressed={mode === one}
              onClick={() => void listen(contact.id, one)}
            >
              <Icon name={LOOK[one]} size={18} />
              {t(`mode_${one}`)}
            </button>
          ))}
        <button type="button" class="cbtn cbtn-end" onClick={() => void hangUp(contact)}>
          <Icon name="x" size={18} />
          {t("stop")}
        </button>
      </div>
    </div>
  );
}

function Who({ contact, mode }: { contact: ContactView; mode: Mode | null }) {
  const owner = contact.participants.find((one) => one.role === "owner");
  const agent = owner ? both(owner.name) : "";
  const customer = customerOf(contact);
  return (
    <div class="who grow" role="status">
      <b class="fw6">{t(`now_${mode ?? "reading"}`, { agent, customer })}</b>
      <div class="sub">{t(`heard_${mode ?? "reading"}`, { agent })}</div>
    </div>
  );
}
