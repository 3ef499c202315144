import { both } from "../../i18n/index.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { titleOf } from "../model/names.ts";
import { withBot } from "../model/rows.ts";
import { contacts } from "../model/store.ts";
import { dialog, takeOver } from "../model/watch.ts";
import { t } from "../texts.ts";

const close = (): void => {
  dialog.value = null;
};

/** Taking a chat from a colleague is said once more before it happens. */
export function SureTakeOver({ contactId }: { contactId: string }) {
  const row = contacts.value[contactId];
  const customer = row ? titleOf(row) : "";
  const agent = row?.agent ? both(row.agent) : null;
  const act = (): void => {
    close();
    void takeOver(contactId);
  };
  return (
    <Dialog
      title={t("sure_take_over")}
      size="s"
      role="alertdialog"
      onClose={close}
      onSubmit={act}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" autoFocus>
            {t("take_over")}
          </Button>
        </>
      }
    >
      <p>
        {agent
          ? t("sure_take_over_more", { agent, customer })
          : t(row && withBot(row) ? "sure_take_over_bot" : "sure_take_over_waiting", { customer })}
      </p>
    </Dialog>
  );
}
