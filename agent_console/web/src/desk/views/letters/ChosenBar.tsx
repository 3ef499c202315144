import { useState } from "preact/hooks";
import { Button, Icon } from "../../../ui/index.ts";
import { AssignDialog, CloseDialog, TagDialog } from "./dialogs.tsx";
import { chosenIds, lines, list } from "./model.ts";
import { t } from "./texts.ts";

type Asked = "assign" | "tag" | "close";

/** What can be done with the chosen lines; it stands above the list while any is chosen. */
export function ChosenBar() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const count = chosenIds.value.size;
  if (list.value === "failed" || lines.value.length === 0) return null;
  const stop = (): void => setAsked(null);
  const all = (): void => {
    chosenIds.value = new Set(lines.value.map((one) => one.contact_id));
  };
  return (
    <div class="chosen-bar" role="group" aria-label={t("chosen", { count })}>
      {count === 0 ? (
        <Button size="s" kind="ghost" icon="check" onClick={all}>
          {t("choose_all")}
        </Button>
      ) : (
        <>
          <b class="fw6" role="status">
            {t("chosen", { count })}
          </b>
          <Button size="s" icon="user" onClick={() => setAsked("assign")}>
            {t("assign")}
          </Button>
          <Button size="s" icon="tag" onClick={() => setAsked("tag")}>
            {t("tag")}
          </Button>
          <Button size="s" icon="check" onClick={() => setAsked("close")}>
            {t("close")}
          </Button>
          <Button size="s" kind="ghost" onClick={() => (chosenIds.value = new Set())}>
            <Icon name="x" size={14} /> {t("choose_none")}
          </Button>
        </>
      )}
      {asked === "assign" && <AssignDialog onClose={stop} />}
      {asked === "tag" && <TagDialog onClose={stop} />}
      {asked === "close" && <CloseDialog onClose={stop} />}
    </div>
  );
}
