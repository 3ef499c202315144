import type { ContactView } from "../../contract.ts";
import { Banner, Button } from "../../ui/index.ts";
import { Held } from "../safety/Held.tsx";
import { takeBackRefusal } from "./Refusals.tsx";
import { t } from "./texts.ts";

/** Why nothing can be written to the customer here, and the way back where there is one. */
export function Closed({ contact, code }: { contact: ContactView; code: string }) {
  const isRefused = code === "opted_out";
  if (code === "address_held") return <Held contact={contact} />;
  return (
    <Banner tone="risk" icon="message-off">
      {isRefused ? t("closed_opted_out") : t("closed_other", { code })}
      {isRefused && contact.my_role === "owner" && (
        <Button size="s" onClick={() => void takeBackRefusal(contact.id, contact.channel)}>
          {t("take_back_refusal")}
        </Button>
      )}
    </Banner>
  );
}
