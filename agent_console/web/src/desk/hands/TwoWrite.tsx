import { both } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { colleagueWriting } from "../model/typing.ts";
import { t } from "./texts.ts";

/** Two people are answering: say who else writes to this customer now. */
export function TwoWrite({ contactId }: { contactId: string }) {
  const name = colleagueWriting.value[contactId];
  return (
    <div class="t12 risk" role="status">
      {name && (
        <span class="row row-1">
          <Icon name="users" size={14} />
          {t("two_write", { name: both(name) })}
        </span>
      )}
    </div>
  );
}
