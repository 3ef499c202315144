/** In the record of a contact: find the guest's record, or take a wrong judgement back. */
import { useState } from "preact/hooks";
import type { ScreenPop } from "../../../contract.ts";
import { Button, Dialog } from "../../../ui/index.ts";
import { contacts } from "../../model/store.ts";
import { linkWith } from "./link.ts";
import { lookFor } from "./model.ts";
import { t } from "./texts.ts";

const isMine = (contactId: string): boolean => contacts.value[contactId]?.my_role === "owner";

export function FindGuest({ record }: { record: ScreenPop }) {
  if (!isMine(record.contact_id)) return null;
  return (
    <p class="link-guest">
      <Button icon="search" onClick={() => lookFor(record.contact_id)}>
        {t("guest_find")}
      </Button>
    </p>
  );
}

export function Unlink({ record }: { record: ScreenPop }) {
  const [asking, setAsking] = useState(false);
  const { level, proof } = record.identity;
  if (!isMine(record.contact_id) || level !== 1 || proof !== "agent") return null;
  const close = (): void => setAsking(false);
  const submit = async (): Promise<void> => {
    const args = { contact_id: record.contact_id };
    if (await linkWith("unlink_customer", args, t("unlinked"))) close();
  };
  return (
    <p class="link-guest">
      <Button size="s" kind="ghost" icon="x" onClick={() => setAsking(true)}>
        {t("unlink")}
      </Button>
      {asking && (
        <Dialog
          title={t("unlink_title")}
          size="s"
          onClose={close}
          onSubmit={() => void submit()}
          footer={
            <>
              <Button kind="ghost" onClick={close}>
                {t("cancel")}
              </Button>
              <Button kind="danger" type="submit">
                {t("unlink")}
              </Button>
            </>
          }
        >
          <p class="t2">{t("unlink_more")}</p>
        </Dialog>
      )}
    </p>
  );
}
