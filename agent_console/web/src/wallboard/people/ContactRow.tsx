import type { WallContact } from "../../contract.ts";
import { both } from "../../i18n/index.ts";
import {
  Avatar,
  Badge,
  ChannelTile,
  Icon,
  IconButton,
  type IconName,
  Menu,
  type MenuItem,
  Since,
  type Tone,
} from "../../ui/index.ts";
import { queueName, titleOf } from "../model/names.ts";
import { topFlag } from "../model/rows.ts";
import { may } from "../model/store.ts";
import {
  canJoin,
  canMove,
  canTakeOver,
  canWatch,
  dialog,
  join,
  watch,
} from "../model/watch.ts";
import { t as calls } from "../calls/texts.ts";
import { canListen, listen } from "../calls/listen.ts";
import { t } from "../texts.ts";

interface Props {
  row: WallContact;
  /** Its place in the whole table, the head being the first. */
  index: number;
  /** It has ended, and stands there only while the pointer is over the table. */
  gone: boolean;
  watched: boolean;
}

export function ContactRow({ row, index, gone, watched }: Props) {
  return (
    <tr
      data-contact={row.id}
      aria-rowindex={index}
      class={gone ? "gone" : undefined}
      tabIndex={-1}
      aria-current={watched ? "true" : undefined}
    >
      <td>
        <span class="row">
          <ChannelTile channel={row.channel} size={20} />
          <b class="fw5">{titleOf(row)}</b>
        </span>
      </td>
      <td class="t2">{queueName(row.queue_id)}</td>
      <td>
        <Agent row={row} />
      </td>
      <td class="num">{!gone && <Since at={row.since} />}</td>
      <td>{gone ? <Badge>{t("flag_over")}</Badge> : <Flag flags={row.flags} />}</td>
      <td>{!gone && <Actions row={row} />}</td>
    </tr>
  );
}

function Agent({ row }: { row: WallContact }) {
  if (!row.agent) {
    const word = row.state === "in_self_service" ? "state_bot" : "state_waiting";
    return <span class="t3">{t(row.state === "parked" ? "state_parked" : word)}</span>;
  }
  const name = both(row.agent);
  return (
    <span class="row row-1">
      <Avatar name={name} seed={row.agent_id ?? name} size={20} />
      {name}
    </span>
  );
}

const FLAGS: Record<string, { tone: Tone; icon?: IconName }> = {
  threat: { tone: "bad", icon: "alert" },
  help_asked: { tone: "bad", icon: "hand" },
  late: { tone: "bad", icon: "clock" },
  stuck: { tone: "risk", icon: "bot" },
  silent: { tone: "risk", icon: "message-off" },
  ringing: { tone: "neutral" },
};

function Flag({ flags }: { flags: readonly string[] }) {
  const flag = topFlag(flags);
  const look = flag && FLAGS[flag];
  return look ? <Badge {...look}>{t(`flag_${flag}`)}</Badge> : null;
}

function Actions({ row }: { row: WallContact }) {
  const customer = titleOf(row);
  const agent = row.agent ? both(row.agent) : "";
  const readable = may("watch_contacts") && canWatch(row);
  const call = readable && canListen(row);
  return (
    <span class="acts">
      {call && <Listening row={row} agent={agent} customer={customer} />}
      {readable && !call && (
        <IconButton
          icon="eye"
          label={agent ? t("watch_of", { agent, customer }) : t("watch_alone", { customer })}
          onClick={() => void watch(row.id)}
        />
      )}
      {readable && !call && agent && (
        <IconButton
          icon="note"
          label={t("whisper_to", { agent })}
          onClick={() => void watch(row.id, true)}
        />
      )}
      {may("steer_contacts") && !call && canJoin(row) && (
        <IconButton
          icon="barge"
          label={t("join_of", { customer })}
          onClick={() => void join(row.id)}
        />
      )}
      {may("steer_contacts") && canMove(row) && (
        <Menu class="ib" label={t("more_of", { customer })} items={() => moves(row)}>
          <Icon name="more" />
        </Menu>
      )}
    </span>
  );
}

/** Of a call: hear it, whisper to its agent, join in. */
interface ListeningProps {
  row: WallContact;
  agent: string;
  customer: string;
}

function Listening({ row, agent, customer }: ListeningProps) {
  return (
    <>
      <IconButton
        icon="ear"
        label={calls("listen_to", { agent, customer })}
        onClick={() => void listen(row.id, "listen")}
      />
      <IconButton
        icon="whisper"
        label={calls("whisper_to", { agent })}
        onClick={() => void listen(row.id, "coach")}
      />
      <IconButton
        icon="barge"
        label={calls("join_call", { customer })}
        onClick={() => void listen(row.id, "talk")}
      />
    </>
  );
}

function moves(row: WallContact): MenuItem[] {
  const ask = (kind: "take_over" | "reassign") => () => {
    dialog.value = { kind, contactId: row.id };
  };
  const items: MenuItem[] = [];
  if (canTakeOver(row)) {
    const mark = <Icon name="user-plus" />;
    items.push({ id: "take", label: t("take_over"), mark, onPick: ask("take_over") });
  }
  const mark = <Icon name="transfer" />;
  items.push({ id: "move", label: t("reassign"), mark, onPick: ask("reassign") });
  return items;
}
