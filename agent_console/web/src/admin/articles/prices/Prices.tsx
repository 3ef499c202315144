import { useEffect, useState } from "preact/hooks";
import { both, exactTime } from "../../../i18n/index.ts";
import { Badge, Button, Empty, Icon, Skeleton, toast } from "../../../ui/index.ts";
import { sayRefusal } from "../refusal.ts";
import { t } from "../texts.ts";
import { load, prices, publish, shown, words, type Price } from "./model.ts";
import { PriceDialog } from "./PriceDialog.tsx";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

/** How texts name a value: braces are the assistant's own blanks. */
const NAMED = { article: "{{fee.card.replacement}}", answer: "[[fee.card.replacement]]" };

/** Fees, rates and limits that articles and the assistant name, each from a moment on. */
export function Prices() {
  const [proposing, setProposing] = useState<Price | "new" | null>(null);
  const [withdrawing, setWithdrawing] = useState<Price | null>(null);
  useEffect(() => void load(), []);
  return (
    <>
      <div class="admin-bar">
        <div class="inx admin-find">
          <Icon name="search" />
          <input
            type="search"
            aria-label={t("find_price")}
            placeholder={t("find_price")}
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
        </div>
        <p class="t12 t3">{t("prices_why", NAMED)}</p>
        <div class="push" />
        <Button kind="primary" icon="plus" onClick={() => setProposing("new")}>
          {t("new_price")}
        </Button>
      </div>
      <section class="card admin-list" aria-label={t("prices")}>
        <Content onChange={setProposing} onWithdraw={setWithdrawing} />
      </section>
      {proposing && (
        <PriceDialog
          price={proposing === "new" ? null : proposing}
          onClose={() => setProposing(null)}
        />
      )}
      {withdrawing && <WithdrawDialog price={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  );
}

interface Hands {
  onChange: (price: Price) => void;
  onWithdraw: (price: Price) => void;
}

function Content(hands: Hands) {
  if (prices.value === "failed") {
    return (
      <Empty icon="alert" title={t("no_answer")} text={t("no_answer_why")}>
        <Button icon="refresh" onClick={() => void load()}>
          {t("try_again")}
        </Button>
      </Empty>
    );
  }
  if (!prices.value) return <Skeleton lines={[95, 90, 92, 88]} />;
  if (!shown.value.length) {
    return <Empty icon="book" title={t("no_price")} text={t("no_price_why")} />;
  }
  return (
    <div class="admin-scroll" tabIndex={0} role="region" aria-label={t("prices")}>
      <table class="tbl">
        <thead>
          <tr>
            {(["name", "in_english", "in_chinese", "from", "state", "named_by"] as const).map(
              (name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ),
            )}
            <th>
              <span class="sr">{t("deeds")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.value.map((one) => (
            <Row key={one.id} one={one} {...hands} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one, onChange, onWithdraw }: Hands & { one: Price }) {
  const list = prices.value;
  const named = list && list !== "failed" ? (list.named_by[one.name] ?? []) : [];
  return (
    <tr>
      <td>
        <code>{one.name}</code>
      </td>
      <td lang="en">{one.en}</td>
      <td lang="zh-Hans">{one.zh}</td>
      <td class="tnum">{exactTime(one.valid_from_at)}</td>
      <td>
        <StateBadge one={one} />
      </td>
      <td class="t12 t2">{named.join(", ") || "–"}</td>
      <td>
        <div class="row">
          {one.state === "proposed" && <PublishButton one={one} />}
          {one.holds && (
            <Button size="s" onClick={() => onChange(one)}>
              {t("change_price")}
            </Button>
          )}
          {!one.holds && (
            <Button size="s" kind="ghost" onClick={() => onWithdraw(one)}>
              {t("withdraw")}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function StateBadge({ one }: { one: Price }) {
  if (one.state === "proposed") {
    const name = one.proposed_by ? both(one.proposed_by) : t("by_file");
    return <Badge tone="risk">{t("price_proposed", { name })}</Badge>;
  }
  return <Badge tone={one.holds ? "ok" : "neutral"}>{t(one.holds ? "holds" : "comes")}</Badge>;
}

function PublishButton({ one }: { one: Price }) {
  const go = (): void => {
    publish(one.id).then(() => toast({ tone: "ok", title: t("done_publish") }), sayRefusal);
  };
  return (
    <Button
      size="s"
      kind="primary"
      disabled={one.mine}
      title={one.mine ? t("not_yours") : one.why}
      onClick={go}
    >
      {t("publish")}
    </Button>
  );
}
