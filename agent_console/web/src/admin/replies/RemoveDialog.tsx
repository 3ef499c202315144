import { useState } from "preact/hooks";
import { both } from "../../i18n/index.ts";
import { Banner, Button, Dialog, Input } from "../../ui/index.ts";
import { close, save, type Reply } from "./model.ts";
import { useSending } from "./saving.ts";
import { t } from "./texts.ts";

/** Take a reply away; a former version still has it. */
export function RemoveDialog({ reply }: { reply: Reply }) {
  const [why, setWhy] = useState("");
  const { busy, refused, send } = useSending(t("removed"));
  return (
    <Dialog
      title={t("remove_of", { name: both(reply.title) })}
      size="s"
      onClose={close}
      onSubmit={() => void (why.trim() && send(() => save(reply, null, why.trim())))}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="danger" type="submit" aria-disabled={busy}>
            {t("remove")}
          </Button>
        </>
      }
    >
      <p class="t2">{t("remove_why")}</p>
      <Input label={t("reason")} required value={why} onInput={setWhy} />
      {refused && (
        <Banner tone="bad" icon="alert" role="alert">
          {refused}
        </Banner>
      )}
    </Dialog>
  );
}
