import { useState } from "preact/hooks";
import type { ContactView } from "../../contract.ts";
import { Banner, Button, Input } from "../../ui/index.ts";
import { letGo } from "./notMe.ts";
import { t } from "./texts.ts";

/** Nothing goes to this address until somebody has checked whose it is, and says how. */
export function Held({ contact }: { contact: ContactView }) {
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim().length >= 3) void letGo(contact.id, reason.trim());
  };
  return (
    <Banner tone="risk" icon="message-off">
      {t("held")}
      {contact.my_role === "owner" && !asked && (
        <Button size="s" onClick={() => setAsked(true)}>
          {t("let_go")}
        </Button>
      )}
      {asked && (
        <form noValidate onSubmit={submit}>
          <Input
            label={t("let_go_how")}
            value={reason}
            autoFocus
            error={tried && reason.trim().length < 3 ? t("let_go_missing") : null}
            onInput={setReason}
          />
          <Button type="submit" size="s">
            {t("let_go")}
          </Button>
        </form>
      )}
    </Banner>
  );
}
