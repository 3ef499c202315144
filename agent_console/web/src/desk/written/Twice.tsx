/** A colleague has answered since these words were begun: the agent decides. */
import { Icon } from "../../ui/index.ts";
import { agentName } from "../model/names.ts";
import { trySure, type Unsent } from "../model/outbox.ts";
import { takeBack } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

export function Twice({ one }: { one: Unsent }) {
  return (
    <span class="meta breach" role="alert">
      <Icon name="users" />
      {t("answered_meanwhile", { name: agentName(one.detail ?? "") })}
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("new_copy_edit")}
      </button>
      <button type="button" class="linkish" onClick={() => trySure(one.key, "answered_meanwhile")}>
        {t("answer_too")}
      </button>
    </span>
  );
}
