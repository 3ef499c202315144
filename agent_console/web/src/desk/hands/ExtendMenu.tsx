import { done } from "../../feed/index.ts";
import { Menu } from "../../ui/index.ts";
import { feed } from "../model/store.ts";
import { t } from "./texts.ts";

const REASONS = ["notes", "follow_up", "advice", "system_slow"] as const;

/** More time for the wrap-up, and what it is for. */
export function ExtendMenu({ contactId, word }: { contactId: string; word: string }) {
  const items = REASONS.map((reason, n) => ({
    id: reason,
    label: t(`extend_${reason}`),
    ...(n === 0 ? { heading: t("more_time_for") } : {}),
    onPick: () => {
      void feed.send("extend_wrap_up", { contact_id: contactId, reason }).then(done);
    },
  }));
  const title = t("more_time_for");
  return (
    <Menu class="btn btn-s" label={title} named title={title} items={items}>
      {word}
    </Menu>
  );
}
