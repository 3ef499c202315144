/** A copy would go to somebody who has not been in the talk: the agent decides. */
import { Icon } from "../../ui/index.ts";
import { trySure, type Unsent } from "../model/outbox.ts";
import { takeBack } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

export function NewCopy({ one }: { one: Unsent }) {
  return (
    <span class="meta breach" role="alert">
      <Icon name="users" />
      {t("new_copy", { copies: one.letter?.cc.join(", ") ?? "" })}
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("new_copy_edit")}
      </button>
      <button type="button" class="linkish" onClick={() => trySure(one.key, "new_copy")}>
        {t("new_copy_sure")}
      </button>
    </span>
  );
}
