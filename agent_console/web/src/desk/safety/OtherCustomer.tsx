/** The words speak of another customer than the one who would read them: what was found. */
import { Icon } from "../../ui/index.ts";
import { trySure, type Unsent } from "../model/outbox.ts";
import { takeBack } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

const KINDS = ["name", "number", "mail", "phone", "account"] as const;

/** Lines of `kind fragment`, as the hub tells them, in words. */
export function foundOthers(detail: string): string[] {
  return detail.split("\n").flatMap((line) => {
    const [told, ...rest] = line.split(" ");
    const kind = KINDS.find((one) => one === told);
    return kind ? [t(`other_${kind}`, { words: rest.join(" ") })] : [];
  });
}

export function OtherCustomer({ one }: { one: Unsent }) {
  return (
    <span class="meta breach" role="alert">
      <Icon name="users" />
      <span>
        {t("other_stopped")} {foundOthers(one.detail ?? "").join(t("and"))}
      </span>
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("edit")}
      </button>
      <button type="button" class="linkish" onClick={() => trySure(one.key, "other_customer")}>
        {t("other_sure")}
      </button>
    </span>
  );
}
