import { useState } from "preact/hooks";
import type { ContactView } from "../../../contract.ts";
import { Button, Dialog } from "../../../ui/index.ts";
import { choose, titleOf } from "../../model/store.ts";
import { linkWith } from "./link.ts";
import { guestId, nameOf, type Candidate } from "./model.ts";
import { t } from "./texts.ts";

const HOW = ["said_name", "gave_number", "address_known", "recognised"] as const;

interface LinkDialogProps {
  contact: ContactView;
  one: Candidate;
  onClose: () => void;
}

/** The agent's judgement: on what it rests is kept. */
export function LinkDialog({ contact, one, onClose }: LinkDialogProps) {
  const [how, setHow] = useState<(typeof HOW)[number]>("said_name");
  const submit = async (): Promise<void> => {
    const args = { contact_id: contact.id, customer_id: one.id, how };
    const title = t("linked", { name: nameOf(one) });
    if (!(await linkWith("link_customer", args, title, t("linked_more")))) return;
    guestId.value = null;
    onClose();
    choose(contact.id);
  };
  return (
    <Dialog
      title={t("link_title", { guest: titleOf(contact), name: nameOf(one) })}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("link_now")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("link_more")}</p>
      <fieldset class="how">
        <legend>{t("how")}</legend>
        {HOW.map((id) => (
          <label key={id} class="tick">
            <input type="radio" name="how" checked={how === id} onChange={() => setHow(id)} />
            {t(`how_${id}`)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
