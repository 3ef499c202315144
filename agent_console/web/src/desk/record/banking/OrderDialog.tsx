import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { BankAction } from "../../../contract.ts";
import { Banner, Button, Dialog } from "../../../ui/index.ts";
import { giveOrder } from "./actions.ts";
import { t } from "./texts.ts";

interface OrderDialogProps {
  title: string;
  /** The word on the button that does it. */
  act: string;
  danger?: boolean;
  command: string;
  contactId: string;
  /** The order's arguments, or null while something is missing; then `onMissing` says what. */
  args: Record<string, unknown> | null;
  onMissing?: () => void;
  /** A second person must agree to what is chosen now. */
  approval?: string | null;
  onClose: () => void;
  children: ComponentChildren;
}

/** What will happen, then one button that does it. Pressed twice it is one order. */
export function OrderDialog(props: OrderDialogProps) {
  const { title, act, danger = false, command, contactId, args, approval, onClose } = props;
  const [busy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const submit = async (): Promise<void> => {
    if (args === null) return props.onMissing?.();
    if (busy) return;
    setBusy(true);
    const taken = await giveOrder(command, { contact_id: contactId, key: key.current, ...args });
    setBusy(false);
    if (taken) onClose();
  };
  return (
    <Dialog
      title={title}
      size="s"
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind={danger ? "danger" : "primary"} type="submit" aria-disabled={busy}>
            {act}
          </Button>
        </>
      }
    >
      {props.children}
      {approval && (
        <Banner tone="risk" icon="users" role="status">
          {approval}
        </Banner>
      )}
      <p class="t12 t3">{t("sure")}</p>
    </Dialog>
  );
}

/** A second person for every order of the kind. */
export const alwaysApproved = (action: BankAction): string | null =>
  action.approval ? t("approval_always") : null;

interface ReasonsProps<R extends string> {
  reasons: readonly R[];
  chosen: R;
  onChoose: (reason: R) => void;
  word: (reason: R) => string;
}

/** One reason of a few. */
export function Reasons<R extends string>({ reasons, chosen, onChoose, word }: ReasonsProps<R>) {
  return (
    <fieldset class="col">
      <legend class="lbl">{t("why")}</legend>
      {reasons.map((one) => (
        <label key={one} class="choice">
          <input
            type="radio"
            name="reason"
            checked={one === chosen}
            autoFocus={one === chosen}
            onChange={() => onChoose(one)}
          />
          {word(one)}
        </label>
      ))}
    </fieldset>
  );
}
