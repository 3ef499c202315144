import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button, Dialog, TextArea } from "../../../ui/index.ts";
import { t } from "./texts.ts";

interface ReasonProps {
  title: string;
  /** The word on the button that does it. */
  act: string;
  onClose: () => void;
  /** True when it was done. */
  onReason: (reason: string) => Promise<boolean>;
  children?: ComponentChildren;
}

/** A deed that needs a reason: it stands in the audit. */
export function ReasonDialog({ title, act, onClose, onReason, children }: ReasonProps) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isGiven = reason.trim().length >= 3 && reason.trim().length <= 200;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (isGiven && (await onReason(reason.trim()))) onClose();
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
          <Button kind="primary" type="submit">
            {act}
          </Button>
        </>
      }
    >
      {children}
      <TextArea
        label={t("reason")}
        required
        rows={2}
        value={reason}
        onInput={setReason}
        hint={t("reason_hint")}
        error={tried && !isGiven ? t("reason_needed") : null}
      />
    </Dialog>
  );
}
