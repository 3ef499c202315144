import { Button } from "../../ui/index.ts";
import { chosen } from "../model/store.ts";
import { askByLink, mayAsk } from "./ask.ts";
import { t } from "./texts.ts";

/** Beside a file that nobody can look into; nothing where no link can be sent. */
export function AskButton({ onAsked }: { onAsked?: () => void }) {
  const contact = chosen.value;
  if (!mayAsk(contact)) return null;
  return (
    <Button
      size="s"
      icon="lock"
      onClick={() => {
        askByLink(contact);
        onAsked?.();
      }}
    >
      {t("ask_link")}
    </Button>
  );
}
