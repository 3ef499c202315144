/** The end of a shift in the presence menu: finish what is in hand, then be what was chosen. */
import { done } from "../../feed/index.ts";
import { both } from "../../i18n/index.ts";
import { type MenuItem, PresenceDot, toast } from "../../ui/index.ts";
import { feed, me, rows, setup } from "../model/store.ts";
import { leaveTheDesk } from "./HandOver.tsx";
import { t } from "./texts.ts";

type Follows = "break" | "training" | "offline";

async function finishThen(presence: Follows, reason: string): Promise<void> {
  done(await feed.send("finish_then", { presence, reason }));
}

/** Offered while something is in hand. */
export function finishItems(): MenuItem[] {
  if (rows.value.length === 0) return [];
  const item = (presence: Follows, reason: string, label: string): MenuItem => ({
    id: `then ${presence} ${reason}`,
    label,
    mark: <PresenceDot presence="finishing" />,
    checked:
      me.value?.presence === "finishing" &&
      me.value.presence_next === presence &&
      me.value.presence_next_reason === reason,
    onPick: () => void finishThen(presence, reason),
  });
  const reasons = (setup.value?.presence_reasons ?? []).flatMap((one) =>
    one.presence === "break" || one.presence === "training"
      ? [item(one.presence, one.code, t("then_presence", { word: both(one.label) }))]
      : [],
  );
  const last = item("offline", "", t("last_contact"));
  return [{ ...last, heading: t("finish_first") }, ...reasons];
}

/** What follows, in a word; empty when the agent is not finishing. */
export function nextWord(): string {
  const mine = me.value;
  if (mine?.presence !== "finishing" || !mine.presence_next) return "";
  const reason = setup.value?.presence_reasons.find(
    (one) => one.presence === mine.presence_next && one.code === mine.presence_next_reason,
  );
  const word = reason
    ? both(reason.label)
    : t(`presence_${mine.presence_next as "break" | "training" | "offline"}`);
  return t("then_presence", { word });
}

let before = "";
/** Say it when the last work of a shift is done; call it in an effect. */
export function saySignOut(): void {
  const mine = me.value;
  if (!mine) return;
  if (before === "finishing" && mine.presence === "offline") {
    toast({
      tone: "ok",
      title: t("shift_over"),
      action: { label: t("sign_out_now"), run: () => void leaveTheDesk() },
    });
  }
  before = mine.presence;
}
