/** The words would reach somebody besides the customer: the agent decides. */
import { Icon } from "../../ui/index.ts";
import { trySure, type Unsent } from "../model/outbox.ts";
import { takeBack } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

/** `new_copy`: nobody in the talk has named them; `reply_all`: only the customer has. */
export function NewCopy({ one, guard }: { one: Unsent; guard: "new_copy" | "reply_all" }) {
  const told = (one.detail ?? "").split("\n").filter((line) => line.includes("@"));
  const all = [...(one.letter?.cc ?? []), ...(one.letter?.bcc ?? [])];
  const copies = (told.length > 0 ? told : all).join(", ");
  return (
    <span class="meta breach" role="alert">
      <Icon name="users" />
      {t(guard === "new_copy" ? "new_copy" : "reply_all_asks", { copies })}
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("new_copy_edit")}
      </button>
      <button type="button" class="linkish" onClick={() => trySure(one.key, guard)}>
        {t("new_copy_sure")}
      </button>
    </span>
  );
}
