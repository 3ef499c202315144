import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Button, Dialog, IconButton, Picker } from "../../ui/index.ts";
import { setup } from "../model/store.ts";
import { colleagueChoices } from "../talk/TransferDialog.tsx";
import { t } from "./texts.ts";

/** Name a colleague in a note: `@Name` is put into it. */
export function MentionButton({ onPick }: { onPick: (name: string) => void }) {
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState("");
  const close = (): void => {
    setAsking(false);
    setChosen("");
  };
  const submit = (): void => {
    const found = setup.value?.agents.find((one) => one.id === chosen);
    if (!found) return;
    close();
    onPick(both(found.name));
  };
  return (
    <>
      <IconButton icon="user-plus" label={t("mention")} onClick={() => setAsking(true)} />
      {asking && (
        <Dialog
          title={t("mention")}
          size="s"
          onClose={close}
          onSubmit={submit}
          footer={
            <Button kind="primary" type="submit" aria-disabled={!chosen}>
              {t("mention_now")}
            </Button>
          }
        >
          <p class="t2">{t("mention_more")}</p>
          <Picker
            label={t("colleagues_group")}
            placeholder={t("colleagues_group")}
            choices={colleagueChoices()}
            chosen={chosen}
            onChoose={setChosen}
            autoFocus
          />
        </Dialog>
      )}
    </>
  );
}
