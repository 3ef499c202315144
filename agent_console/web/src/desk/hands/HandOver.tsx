/** Signing out with contacts in hand: each needs somebody who goes on. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { remedy } from "../../feed/index.ts";
import { signOut } from "../../lib/http.ts";
import { Banner, Button, Dialog, TextArea } from "../../ui/index.ts";
import { active, feed, titleOf } from "../model/store.ts";
import { GoalSelect, goalOf } from "./GoalSelect.tsx";
import { t } from "./texts.ts";

export const handingOver = signal(false);

/** Leave, or ask for a hand-over first. */
export async function leaveTheDesk(): Promise<void> {
  handingOver.value = !(await signOut());
}

const mine = (): ContactView[] => active.value.filter((one) => one.my_role === "owner");

export function HandOver() {
  return handingOver.value ? <HandOverDialog /> : null;
}

const close = (): void => {
  handingOver.value = false;
};

function HandOverDialog() {
  const the = useHandOver();
  const open = mine();
  return (
    <Dialog
      title={t("sign_out_open")}
      onClose={close}
      onSubmit={() => void the.submit()}
      footer={
        <>
          <Button kind="ghost" onClick={close}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" aria-disabled={the.busy}>
            {t(open.length ? "hand_over_now" : "sign_out_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t(open.length ? "sign_out_open_more" : "hand_over_none")}</p>
      {open.length > 1 && (
        <GoalSelect label={t("give_all")} value="" onChoose={(goal) => the.give(open, goal)} />
      )}
      {open.map((one) => (
        <GoalSelect
          key={one.id}
          label={t("give_one", { name: titleOf(one) })}
          value={the.goals[one.id] ?? ""}
          error={the.tried && !the.goals[one.id] ? t("choose_goal") : null}
          onChoose={(goal) => the.give([one], goal)}
        />
      ))}
      {open.length > 0 && (
        <TextArea label={t("hand_over_note")} rows={2} value={the.note} onInput={the.setNote} />
      )}
      {the.failed && <Banner tone="bad">{the.failed}</Banner>}
    </Dialog>
  );
}

function useHandOver() {
  const [goals, setGoals] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const give = (which: readonly ContactView[], goal: string): void =>
    setGoals({ ...goals, ...Object.fromEntries(which.map((one) => [one.id, goal])) });
  const submit = async (): Promise<void> => {
    setTried(true);
    const open = mine();
    if (busy || open.some((one) => !goals[one.id])) return;
    setBusy(true);
    setFailed("");
    for (const one of open) {
      const args = { contact_id: one.id, note: note.trim(), ...goalOf(goals[one.id] ?? "") };
      const answer = await feed.send("transfer", args);
      if (answer.ok) continue;
      setFailed(t("hand_over_left", { name: titleOf(one), why: remedy(answer.code) }));
      setBusy(false);
      return;
    }
    await leaveTheDesk();
    setBusy(false);
  };
  return { goals, give, note, setNote, tried, busy, failed, submit };
}
