import { useState } from "preact/hooks";
import { Button, Dialog, Input, toast } from "../../../ui/index.ts";
import { sayRefusal } from "../refusal.ts";
import { t } from "../texts.ts";
import { withdraw, type Price } from "./model.ts";

/** Take back what does not hold yet, with a reason. */
export function WithdrawDialog({ price, onClose }: { price: Price; onClose: () => void }) {
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    setTried(true);
    if (!why.trim()) return;
    withdraw(price.id, why.trim()).then(() => {
      toast({ tone: "ok", title: t("withdrawn") });
      onClose();
    }, sayRefusal);
  };
  return (
    <Dialog
      title={t("withdraw")}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="danger" type="submit">
            {t("withdraw")}
          </Button>
        </>
      }
    >
      <p>
        <code>{price.name}</code> {price.en} · {price.zh}
      </p>
      <Input
        label={t("reason")}
        required
        autoFocus
        error={tried && !why.trim() ? t("need_reason") : null}
        value={why}
        onInput={setWhy}
      />
    </Dialog>
  );
}
