import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { Menu } from "../../ui/index.ts";
import { feed, setup } from "../model/store.ts";
import { t } from "./texts.ts";

/** More time for the wrap-up, and what it is for. */
export function ExtendMenu({ contactId, word }: { contactId: string; word: string }) {
  const items = (setup.value?.extend_reasons ?? []).map(({ code, label }, n) => ({
    id: code,
    label: both(label),
    ...(n === 0 ? { heading: t("more_time_for") } : {}),
    onPick: () => {
      void feed.send("extend_wrap_up", { contact_id: contactId, reason: code }).then(done);
    },
  }));
  const title = t("more_time_for");
  return (
    <Menu class="btn btn-s" label={title} named title={title} items={items}>
      {word}
    </Menu>
  );
}
