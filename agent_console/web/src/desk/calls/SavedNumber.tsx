import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { Button, Dialog, Icon, Input, type MenuItem, Tick } from "../../ui/index.ts";
import { callDialog, removeNumber, saveNumber } from "./acts.ts";
import { t } from "./texts.ts";

interface NumberProps {
  contact: ContactView;
  onClose: () => void;
}

/** Keep the number that calls, or take it off again; nothing for the bank's own or a guest's. */
export function numberItems(contact: ContactView): MenuItem[] {
  const is = contact.call?.number_is;
  if (!contact.known || (is !== "new" && is !== "saved")) return [];
  const what = is === "new" ? "save_number" : "remove_number";
  return [
    {
      id: what,
      heading: t("number_of_customer"),
      label: t(what),
      mark: <Icon name="phone" />,
      onPick: () => (callDialog.value = what),
    },
  ];
}

/** The agent reads the question out; only a yes keeps the number. */
export function SaveNumber({ contact, onClose }: NumberProps) {
  const [agreed, setAgreed] = useState(false);
  const submit = async (): Promise<void> => {
    if (agreed && (await saveNumber(contact))) onClose();
  };
  return (
    <Dialog
      title={t("save_number")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" aria-disabled={!agreed}>
            {t("save_number_do")}
          </Button>
        </>
      }
    >
      <p>
        <b class="mono">{contact.call?.number}</b>
      </p>
      <p class="t2">{t("save_number_more")}</p>
      <blockquote class="read-out">{t("save_number_ask")}</blockquote>
      <Tick label={t("save_number_agrees")} checked={agreed} onChange={setAgreed} />
    </Dialog>
  );
}

export function RemoveNumber({ contact, onClose }: NumberProps) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = async (): Promise<void> => {
    if (!reason.trim()) return setMissing(true);
    if (await removeNumber(contact, reason.trim())) onClose();
  };
  return (
    <Dialog
      title={t("remove_number")}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit">
            {t("remove_number_do")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("remove_number_more")}</p>
      <Input
        label={t("hold_why")}
        error={missing ? t("remove_number_why") : null}
        value={reason}
        onInput={setReason}
        autoFocus
      />
    </Dialog>
  );
}
