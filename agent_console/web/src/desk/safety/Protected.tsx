/** Protected words were stopped: they go as a secure message, or are corrected. */
import { both } from "../../i18n/index.ts";
import { Icon } from "../../ui/index.ts";
import { trySecure, type Unsent } from "../model/outbox.ts";
import { setup } from "../model/store.ts";
import { takeBack } from "../talk/Stopped.tsx";
import { t } from "./texts.ts";

const KINDS = [
  "balance",
  "account_number",
  "amount_of_account",
  "code",
  "document",
] as const;

export function Protected({ one }: { one: Unsent }) {
  const told = (one.detail ?? "").split(",");
  const found = KINDS.filter((kind) => told.includes(kind));
  const what = found.map((kind) => t(`protected_${kind}`)).join(t("and"));
  const rules = setup.value?.protected ?? [];
  const whys = rules.filter((rule) => told.includes(rule.code)).map((rule) => both(rule.why));
  return (
    <span class="meta breach" role="alert">
      <Icon name="shield-q" />
      <span>
        {t("protected_stopped", { what })} {whys.join(" ")}
      </span>
      <button type="button" class="linkish" onClick={() => trySecure(one.key)}>
        {t("as_secure")}
      </button>
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("edit")}
      </button>
    </span>
  );
}

const REASONS = ["no_customer", "no_proof_address"] as const;

/** A secure message that could not be sent, and why. */
export function NotSecured({ one }: { one: Unsent }) {
  const known = REASONS.find((reason) => reason === one.code);
  return (
    <span class="meta breach" role="alert">
      <Icon name="alert" />
      <span>{t(known ? `refused_${known}` : "refused_other")}</span>
      <button type="button" class="linkish" onClick={() => takeBack(one)}>
        {t("edit")}
      </button>
    </span>
  );
}
