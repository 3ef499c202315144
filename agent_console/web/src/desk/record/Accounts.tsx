import type { AccountLine, PaymentLine, ScreenPop } from "../../contract.ts";
import { both, exactTime, money, shortDay } from "../../i18n/index.ts";
import { Badge, Banner, Icon, type IconName } from "../../ui/index.ts";
import { t } from "../texts.ts";
import { roleName } from "./identity/roles.ts";
import { closedBecause } from "./banking/actions.ts";
import { AccountActions } from "./banking/AccountActions.tsx";
import { t as banking } from "./banking/texts.ts";
import { Closed, Masked, whyClosed } from "./Masked.tsx";

interface AccountsProps {
  record: ScreenPop;
  /** All lines, not the first few. */
  all?: boolean;
  onMore?: () => void;
}

const FEW = 4;

/** Accounts and recent payments, or why they are closed. */
export function Accounts({ record, all = false, onMore }: AccountsProps) {
  const accounts = all ? record.accounts : record.accounts.slice(0, FEW);
  const payments = all ? record.payments : record.payments.slice(0, FEW);
  const unusual = record.payments.filter((one) => one.unusual !== null).length;
  return (
    <>
      <section class="sec">
        <div class="sec-h">
          <h3>{t("accounts")}</h3>
          {onMore && record.accounts.length > FEW && (
            <button type="button" class="linkish push t12" onClick={onMore}>
              {t("all_count", { count: record.accounts.length })}
            </button>
          )}
        </div>
        {record.closed && (
          <Banner icon="lock">
            <span class="t12">{t("closed_more", { why: whyClosed(record.closed) })}</span>
          </Banner>
        )}
        {accounts.map((one) => (
          <Account key={one.id} one={one} record={record} all={all} />
        ))}
        {closedBecause(record, ["change_limit"]).map((why) => (
          <p key={why} class="t12 t3 row row-1 closed-why">
            <Icon name="lock" size={12} />
            {why}
          </p>
        ))}
        {!record.closed && accounts.length === 0 && <p class="t12 t3">{t("no_accounts")}</p>}
      </section>
      {!record.closed && (
        <section class="sec">
          <div class="sec-h">
            <h3>{t("payments")}</h3>
            {unusual > 0 && <Badge tone="bad">{t("unusual_count", { count: unusual })}</Badge>}
            {onMore && record.payments.length > FEW && (
              <button type="button" class="linkish push t12" onClick={onMore}>
                {t("all")}
              </button>
            )}
          </div>
          {payments.length === 0 && <p class="t12 t3">{t("no_payments")}</p>}
          <ul>
            {payments.map((one) => (
              <Payment key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const ICONS: Record<string, IconName> = {
  savings: "bank",
  credit: "card",
  card: "card",
  loan: "home",
};

interface AccountProps {
  one: AccountLine;
  record: ScreenPop;
  all: boolean;
}

function Account({ one, record, all }: AccountProps) {
  const name = both(one.name);
  const number = one.number;
  return (
    <div class="acct">
      <Icon name={ICONS[one.kind] ?? "wallet"} size={18} />
      <div class="trunc">
        {name} {one.role !== "holder" && <Badge>{roleName(one.role)}</Badge>}{" "}
        <small class="mono">
          {all ? (
            <Masked
              contactId={record.contact_id}
              label={t("account_number", { name })}
              field={number}
            />
          ) : (
            number.value
          )}
        </small>
        {all && one.limit.value && (
          <small>{banking("limit", { amount: money(one.limit.value, one.currency) })}</small>
        )}
      </div>
      <span class="acct-end">
        {one.balance.value === null ? (
          <HiddenValue why={one.balance.why} />
        ) : (
          <span class="num">{money(one.balance.value, one.currency)}</span>
        )}
        <AccountActions one={one} record={record} />
      </span>
    </div>
  );
}

/** Not to be shown now: at which level it opens, or that it is somebody else's. */
function HiddenValue({ why }: { why: string | null }) {
  if (why === "not_the_speakers" || why === "speaker_unknown") return <Closed why={why} />;
  return (
    <span class="hidden-value" title={whyClosed(why)}>
      ••••••
    </span>
  );
}

function Payment({ one }: { one: PaymentLine }) {
  const incoming = !one.amount.startsWith("-");
  return (
    <li class={`tx ${one.unusual ? "flag" : ""}`}>
      <time title={exactTime(one.at)}>{shortDay(one.at)}</time>
      <div class="trunc">
        <span class={`trunc ${one.unusual ? "fw6" : ""}`} title={one.merchant}>
          {one.merchant}
        </span>
        {one.unusual && (
          <div class="t11 breach row row-1">
            <Icon name="alert" size={12} />
            {unusualText(one)}
          </div>
        )}
      </div>
      <span class={`num ${incoming ? "ok" : ""}`}>{money(one.amount, one.currency, true)}</span>
    </li>
  );
}

const UNUSUAL = [
  "new_merchant",
  "amount",
  "abroad",
  "night",
  "frequency",
  "fast",
  "place",
] as const;

function unusualText(one: PaymentLine): string {
  const known = UNUSUAL.find((code) => code === one.unusual);
  const reason = known ? t(`unusual_${known}`) : t("unusual");
  if (one.unusual_times === null) return reason;
  return t("unusual_with", { reason, times: Math.round(one.unusual_times * 10) / 10 });
}
