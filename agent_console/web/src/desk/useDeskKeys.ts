/** Keys that work from anywhere on the desk and belong to no one control. */
import { useShortcuts } from "../keys/shortcuts.ts";
import { slaOf } from "../ui/index.ts";
import { serverNow } from "../lib/clock.ts";
import { choose, chosenId, promisedSeconds, rows, unreadOf } from "./model/store.ts";
import { t } from "./texts.ts";
import { t as closed } from "./views/contacts/texts.ts";
import { lookFor } from "./views/customers/model.ts";
import { t as customers } from "./views/customers/texts.ts";
import { takeNext } from "./views/letters/acts.ts";
import { VIEW as LETTERS } from "./views/letters/model.ts";
import { t as letters } from "./views/letters/texts.ts";

function step(by: 1 | -1): void {
  const ids = rows.value.map((one) => one.id);
  if (ids.length === 0) return;
  const at = ids.indexOf(chosenId.value ?? "");
  choose(ids[(at + by + ids.length) % ids.length] ?? "");
}

/** The next row after this one that is late or unread; late ones first. */
function nextUrgent(): void {
  const list = rows.value;
  const at = list.findIndex((one) => one.id === chosenId.value);
  const turn = [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))];
  const now = serverNow();
  const late = turn.find(
    (one) =>
      one.reply_due_at !== null && slaOf(one.reply_due_at - now, promisedSeconds(one)) === "bad",
  );
  const next = late ?? turn.find((one) => unreadOf(one) > 0);
  if (next) choose(next.id);
}

const REGIONS = [".pane.work", "#conversation", ".pane.pop"];

/** Focus the next pane that is on screen. */
function pane(by: 1 | -1): void {
  const panes = REGIONS.map((name) => document.querySelector<HTMLElement>(name)).filter(
    (one): one is HTMLElement => one !== null && one.offsetParent !== null,
  );
  const at = panes.findIndex((one) => one.contains(document.activeElement));
  panes[(at + by + panes.length) % panes.length]?.focus();
}

export function useDeskKeys(): void {
  useShortcuts([
    { keys: "Alt+ArrowDown", label: t("next_contact"), run: () => step(1) },
    { keys: "Alt+ArrowUp", label: t("previous_contact"), run: () => step(-1) },
    { keys: "Alt+KeyU", label: t("next_urgent"), run: nextUrgent },
    { keys: "Alt+KeyS", label: customers("find"), run: () => lookFor(null) },
    { keys: "Alt+KeyR", label: closed("find_contacts"), run: () => (location.hash = "contacts") },
    { keys: "Alt+KeyL", label: letters("letters"), run: () => (location.hash = LETTERS) },
    { keys: "Alt+KeyG", label: letters("take_next_long"), run: () => void takeNext() },
    { keys: "F6", label: t("next_pane"), run: () => pane(1) },
    { keys: "Shift+F6", label: t("previous_pane"), run: () => pane(-1) },
  ]);
}
