import { useState } from "preact/hooks";
import type { CardLine, OrderKind, ScreenPop } from "../../../contract.ts";
import { Badge, Icon, Menu, type MenuItem } from "../../../ui/index.ts";
import { Closed } from "../Masked.tsx";
import { closedBecause, openAction, runningOrder } from "./actions.ts";
import { BlockDialog, cardName, ReplaceDialog } from "./dialogs.tsx";
import { OrderBadge } from "./Orders.tsx";
import { t } from "./texts.ts";

const KINDS: readonly OrderKind[] = ["block_card", "replace_card"];
type CardOrder = "block_card" | "replace_card";

/** Cards with what may be done about each; what is closed says why. */
export function Cards({ record }: { record: ScreenPop }) {
  const [asked, setAsked] = useState<{ kind: CardOrder; card: CardLine } | null>(null);
  if (record.cards.length === 0) return null;
  const action = asked && openAction(record, asked.kind);
  const rest = { contactId: record.contact_id, onClose: () => setAsked(null) };
  const closed = closedBecause(record, KINDS);
  return (
    <section class="sec">
      <div class="sec-h">
        <h3>{t("cards")}</h3>
      </div>
      <ul>
        {record.cards.map((card) => (
          <Card
            key={card.id}
            card={card}
            record={record}
            onAsk={(kind) => setAsked({ kind, card })}
          />
        ))}
      </ul>
      {closed.map((why) => (
        <p key={why} class="t12 t3 row row-1 closed-why">
          <Icon name="lock" size={12} />
          {why}
        </p>
      ))}
      {asked?.kind === "block_card" && action && (
        <BlockDialog card={asked.card} action={action} {...rest} />
      )}
      {asked?.kind === "replace_card" && action && (
        <ReplaceDialog card={asked.card} action={action} {...rest} />
      )}
    </section>
  );
}

interface CardProps {
  card: CardLine;
  record: ScreenPop;
  onAsk: (kind: CardOrder) => void;
}

function Card({ card, record, onAsk }: CardProps) {
  const running = runningOrder(record, card.id);
  const items = running ? [] : itemsOf(card, record, onAsk);
  const name = cardName(card);
  return (
    <li class="acct">
      <Icon name="card" size={18} />
      <div class="trunc row row-1 wrap">
        {card.number.shown === "closed" ? <Closed why={card.number.why} /> : <span>{name}</span>}
        {card.state !== "active" && <Badge tone="bad">{t(`card_state_${card.state}`)}</Badge>}
        {running && <OrderBadge order={running} />}
      </div>
      {items.length > 0 && (
        <Menu label={t("card_menu", { card: name })} class="ib" items={items}>
          <Icon name="more" />
        </Menu>
      )}
    </li>
  );
}

function itemsOf(card: CardLine, record: ScreenPop, onAsk: (kind: CardOrder) => void): MenuItem[] {
  if (card.number.shown === "closed" || card.state === "replaced") return [];
  const items: MenuItem[] = [];
  if (/^(active|frozen)$/.test(card.state) && openAction(record, "block_card")) {
    items.push({
      id: "block",
      label: t("block_card"),
      mark: <Icon name="lock" />,
      onPick: () => onAsk("block_card"),
    });
  }
  if (openAction(record, "replace_card")) {
    items.push({
      id: "replace",
      label: t("replace_card"),
      mark: <Icon name="refresh" />,
      onPick: () => onAsk("replace_card"),
    });
  }
  return items;
}
