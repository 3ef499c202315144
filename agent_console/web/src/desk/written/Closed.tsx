import { Banner } from "../../ui/index.ts";
import { t } from "./texts.ts";

/** Why nothing can be written to the customer here. */
export function Closed({ code }: { code: string }) {
  return (
    <Banner tone="risk" icon="message-off">
      {code === "opted_out" ? t("closed_opted_out") : t("closed_other", { code })}
    </Banner>
  );
}
