/** The shared components. Looks: src/styles; rules: each file. */
export { Button, IconButton } from "./Button.tsx";
export { Dialog } from "./Dialog.tsx";
export { Field, Input, Select, TextArea, Tick } from "./Field.tsx";
export { BrandMark, LangButton, Rail, ThemeButton, type RailLink } from "./Frame.tsx";
export { Icon } from "./Icon.tsx";
export type { IconName } from "./icon-names.ts";
export { Kbd } from "./Kbd.tsx";
export { Menu, type MenuItem } from "./Menu.tsx";
export { Picker, type Choice } from "./Picker.tsx";
export { Segmented, Tabs, type TabItem } from "./Tabs.tsx";
export { toast, Toasts, type ToastText } from "./Toast.tsx";
export { useKeepPlace } from "./useKeepPlace.ts";
export { Banner, Empty, Skeleton } from "./feedback.tsx";
export {
  Avatar,
  Badge,
  BotAvatar,
  ChannelTile,
  channelIcon,
  channelName,
  Count,
  initials,
  PresenceDot,
  type Tone,
} from "./marks.tsx";
export {
  Countdown,
  Meter,
  promise,
  PromiseText,
  Ring,
  Since,
  slaOf,
  SlaRing,
  type RingProps,
  type Sla,
} from "./time.tsx";
