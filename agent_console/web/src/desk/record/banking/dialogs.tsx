/** One dialog for each order: what will happen and to what, then the button that does it. */
import { useState } from "preact/hooks";
import type { AccountLine, BankAction, CardLine } from "../../../contract.ts";
import { both, money } from "../../../i18n/index.ts";
import { Input, TextArea } from "../../../ui/index.ts";
import { alwaysApproved, OrderDialog, Reasons } from "./OrderDialog.tsx";
import { t } from "./texts.ts";

interface AskProps {
  action: BankAction;
  contactId: string;
  onClose: () => void;
}

export const cardName = (card: CardLine): string =>
  t("card_of", {
    kind: t(card.kind === "credit" ? "card_credit" : "card_debit"),
    number: card.number.value ?? "••••",
  });

const BLOCK_REASONS = ["lost", "stolen", "fraud", "customer_wish"] as const;
const REPLACE_REASONS = ["lost", "stolen", "damaged", "expired"] as const;

type BlockReason = (typeof BLOCK_REASONS)[number];

interface BlockProps extends AskProps {
  card: CardLine;
  because?: BlockReason;
}

export function BlockDialog({ card, action, because = "lost", ...rest }: BlockProps) {
  const [reason, setReason] = useState<BlockReason>(because);
  return (
    <OrderDialog
      title={t("block_title")}
      act={t("do_block")}
      danger
      command="block_card"
      args={{ card_id: card.id, reason }}
      approval={alwaysApproved(action)}
      {...rest}
    >
      <p class="fw6">{cardName(card)}</p>
      <p class="t2">{t("block_more")}</p>
      <Reasons
        reasons={BLOCK_REASONS}
        chosen={reason}
        onChoose={setReason}
        word={(one) => t(`why_${one}`)}
      />
    </OrderDialog>
  );
}

export function ReplaceDialog({ card, action, ...rest }: AskProps & { card: CardLine }) {
  const [reason, setReason] = useState<(typeof REPLACE_REASONS)[number]>("lost");
  return (
    <OrderDialog
      title={t("replace_title")}
      act={t("do_replace")}
      command="replace_card"
      args={{ card_id: card.id, reason }}
      approval={alwaysApproved(action)}
      {...rest}
    >
      <p class="fw6">{cardName(card)}</p>
      <p class="t2">{t("replace_more")}</p>
      <Reasons
        reasons={REPLACE_REASONS}
        chosen={reason}
        onChoose={setReason}
        word={(one) => t(`why_${one}`)}
      />
    </OrderDialog>
  );
}

/** Only digits and at most two decimals; the server judges the rest. */
const AMOUNT = /^\d{1,13}(\.\d{1,2})?$/;

/** Whether a decimal text is more than another; Number would round above 2^53. */
export function isAbove(amount: string, limit: string): boolean {
  const [whole = "0", part = ""] = amount.split(".");
  const [most = "0", rest = ""] = limit.split(".");
  const difference = BigInt(whole + part.padEnd(2, "0")) - BigInt(most + rest.padEnd(2, "0"));
  return difference > 0n;
}

export function LimitDialog({ account, action, ...rest }: AskProps & { account: AccountLine }) {
  const [amount, setAmount] = useState("");
  const [tried, setTried] = useState(false);
  const now = account.limit.value ?? "0";
  const text = amount.replaceAll(",", "").trim();
  const isGood = AMOUNT.test(text);
  const isSame = isGood && !isAbove(text, now) && !isAbove(now, text);
  const above = action.approval_above;
  const needsTwo = isGood && !isSame && above !== null && isAbove(text, above);
  const error = !isGood ? t("limit_bad") : isSame ? t("limit_same") : null;
  const inMoney = (value: string): string => money(value, account.currency);
  return (
    <OrderDialog
      title={t("limit_title")}
      act={t("do_limit")}
      command="change_limit"
      args={error ? null : { account_id: account.id, amount: text }}
      onMissing={() => setTried(true)}
      approval={needsTwo ? t("approval_above", { amount: inMoney(above) }) : alwaysApproved(action)}
      {...rest}
    >
      <p class="t2">
        {t("limit_more", {
          account: both(account.name),
          last: account.number.value?.slice(-4) ?? "",
          amount: inMoney(now),
        })}
      </p>
      <Input
        label={t("new_limit")}
        required
        autoFocus
        value={amount}
        onInput={setAmount}
        hint={t("limit_hint", { currency: account.currency })}
        error={tried ? error : null}
      />
      {error === null && (
        <p class="t14 fw5" role="status">
          {t("limit_now_asks", { before: inMoney(now), after: inMoney(text) })}
        </p>
      )}
    </OrderDialog>
  );
}

export function AddressDialog({ action, ...rest }: AskProps) {
  const [address, setAddress] = useState("");
  const [tried, setTried] = useState(false);
  const text = address.trim();
  const isGood = text.length >= 5 && text.length <= 200;
  return (
    <OrderDialog
      title={t("address_title")}
      act={t("do_ask")}
      command="ask_address_change"
      args={isGood ? { address: text } : null}
      onMissing={() => setTried(true)}
      approval={alwaysApproved(action)}
      {...rest}
    >
      <p class="t2">{t("address_more")}</p>
      <TextArea
        label={t("new_address")}
        required
        rows={3}
        value={address}
        onInput={setAddress}
        error={tried && !isGood ? t("address_bad") : null}
      />
    </OrderDialog>
  );
}
