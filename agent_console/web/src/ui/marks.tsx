/** Small marks: badge, count, dot, avatar, channel tile. */
import type { ComponentChildren } from "preact";
import type { PresenceState } from "../contract.ts";
import { t } from "../i18n/common.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon-names.ts";

export type Tone = "neutral" | "blue" | "ok" | "risk" | "bad" | "violet" | "line" | "premier";

export interface BadgeProps {
  tone?: Tone;
  icon?: IconName;
  title?: string;
  children: ComponentChildren;
}

/** A fact. */
export function Badge({ tone = "neutral", icon, title, children }: BadgeProps) {
  return (
    <span class={tone === "neutral" ? "badge" : `badge badge-${tone}`} title={title}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

/** A number. */
export function Count({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "on" | "bad";
  children: ComponentChildren;
}) {
  return <span class={tone === "plain" ? "count" : `count count-${tone}`}>{children}</span>;
}

const PRESENCE: Record<PresenceState, string> = {
  available: "pr-available",
  break: "pr-break",
  training: "pr-training",
  offline: "pr-offline",
  reconnecting: "pr-offline",
  finishing: "pr-wrap",
};

/** The dot of a presence; the word stands beside it. */
export function PresenceDot({ presence, busy }: { presence: PresenceState; busy?: boolean }) {
  return <span class={`dot pr ${busy ? "pr-busy" : PRESENCE[presence]}`} />;
}

const HAN = /\p{Script=Han}/u;
const TINTS = ["a", "b", "c", "d", "e", "f"];

/** "Lin Wei" -> "LW", "林薇" -> "林". */
export function initials(name: string): string {
  const first = [...name.trim()][0] ?? "";
  if (HAN.test(first)) return first;
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

function tint(seed: string): string {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return TINTS[sum % TINTS.length]!;
}

export interface AvatarProps {
  name: string;
  /** Decides the tint, so that a person keeps it in both languages. */
  seed?: string;
  size?: 20 | 24 | 28 | 36 | 44 | 64;
  /** Say the name aloud; without it the avatar is decoration. */
  labelled?: boolean;
  children?: ComponentChildren;
}

export function Avatar({ name, seed = name, size = 28, labelled, children }: AvatarProps) {
  const role = labelled
    ? ({ role: "img", "aria-label": name } as const)
    : ({ "aria-hidden": "true" } as const);
  return (
    <span
      class={`av av-${tint(seed)} ${size === 28 ? "" : `av-${size}`}`}
      data-initials={initials(name)}
      title={name}
      {...role}
    >
      {children}
    </span>
  );
}

export const BotAvatar = () => (
  <span class="av av-24 av-bot" aria-hidden="true">
    <Icon name="bot" size={14} />
  </span>
);

const CHANNELS: Record<string, { look: string; icon: IconName }> = {
  phone: { look: "ch-voice", icon: "phone" },
  web_chat: { look: "ch-chat", icon: "chat" },
  sms: { look: "ch-sms", icon: "sms" },
  email: { look: "ch-email", icon: "mail" },
  callback: { look: "ch-callback", icon: "callback" },
  task: { look: "ch-callback", icon: "clipboard" },
};
const ANY_CHANNEL = { look: "ch-chat", icon: "reply" } as const;

export const channelIcon = (channel: string): IconName => (CHANNELS[channel] ?? ANY_CHANNEL).icon;

/** The word of a channel; a channel we do not know keeps its own name. */
export function channelName(channel: string): string {
  const key = `channel_${channel}`;
  return key === "channel_web_chat" ||
    key === "channel_phone" ||
    key === "channel_sms" ||
    key === "channel_email" ||
    key === "channel_callback" ||
    key === "channel_task"
    ? t(key)
    : channel;
}

export function ChannelTile({ channel, size = 24 }: { channel: string; size?: 20 | 24 | 32 }) {
  const { look, icon } = CHANNELS[channel] ?? ANY_CHANNEL;
  return (
    <span class={`ch ${size === 24 ? "" : `ch-${size}`} ${look}`} title={channelName(channel)}>
      <Icon name={icon} />
    </span>
  );
}
