"""Giving an order for a customer: checked, stored, and put on its way in one unit.

Agent, bot and IVR call the same commands; `by` is a user's id or `SELF_SERVICE`. The same `key`
twice in one Contact is one order.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hub.domain.banking import RUNNING, OrderKind, OrderState, money
from hub.domain.errors import Invalid, NotFound, Refused
from hub.domain.events import BankOrderApplied, BankOrderAsked
from hub.journey.audited import audited
from hub.journey.banking.guard import require_hand, require_holder
from hub.journey.banking.orders import EFFECT_KIND, is_kept_here, load_order, sealed_texts
from hub.journey.banking.receipts import receipt
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.identity.require import require_account, require_level
from hub.store.outbox import emit
from hub.store.rows import find, put
from hub.store.tables import Account, BankOrder, Card
from hub.store.unit import Append, Unit

BLOCK_REASONS = frozenset({"lost", "stolen", "fraud", "customer_wish"})
REPLACE_REASONS = frozenset({"lost", "stolen", "damaged", "expired"})
ADDRESS_CHARACTERS = (5, 200)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, once it was looked up: `subject_id` is the card, account or customer."""

    kind: OrderKind
    subject_id: str
    arguments: Mapping[str, str]
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The order as it was stored."""

    order_id: str
    state: str


LookUp = Callable[[ContactRow], Unit[Wanted]]


async def block_card(
    hub: Hub, by: str, *, contact_id: str, key: str, card_id: str, reason: str
) -> Asked:
    """Block a card at once; `reason` is one of `BLOCK_REASONS`."""
    _require_code(reason, BLOCK_REASONS)

    def look_up(contact: ContactRow) -> Unit[Wanted]:
        card = yield from _card(hub, contact, card_id, {"active", "frozen"})
        told = {"card_id": card_id, **card, "reason": reason}
        return Wanted(OrderKind.BLOCK_CARD, card_id, told)

    return await ask(hub, by, contact_id, key, OrderKind.BLOCK_CARD, look_up)


async def replace_card(
    hub: Hub, by: str, *, contact_id: str, key: str, card_id: str, reason: str
) -> Asked:
    """Send a new card and stop the old one; `reason` is one of `REPLACE_REASONS`."""
    _require_code(reason, REPLACE_REASONS)

    def look_up(contact: ContactRow) -> Unit[Wanted]:
        card = yield from _card(hub, contact, card_id, {"active", "frozen", "blocked", "expired"})
        told = {"card_id": card_id, **card, "reason": reason}
        return Wanted(OrderKind.REPLACE_CARD, card_id, told)

    return await ask(hub, by, contact_id, key, OrderKind.REPLACE_CARD, look_up)


async def change_limit(
    hub: Hub, by: str, *, contact_id: str, key: str, account_id: str, amount: str
) -> Asked:
    """Change what may be transferred from an account in a day; `amount` is a decimal text."""
    wanted = money(amount)
    most = hub.banking.rules.limit_most
    if not 0 <= wanted <= most:
        raise Invalid("bad_amount", f"amount: from 0 to {most}")

    def look_up(contact: ContactRow) -> Unit[Wanted]:
        rows = yield find(
            Account, "currency", "detail_sealed", id=account_id, customer_id=contact.customer_id
        )
        if not rows:
            raise NotFound("no_account")
        yield from require_account(hub, contact, account_id)
        currency, sealed = rows[0]
        detail = hub.vault.open(sealed, "account", "detail", account_id)
        told = _limit_arguments(account_id, currency, detail, wanted)
        return Wanted(OrderKind.CHANGE_LIMIT, account_id, told, wanted)

    return await ask(hub, by, contact_id, key, OrderKind.CHANGE_LIMIT, look_up)


async def ask_address_change(
    hub: Hub, by: str, *, contact_id: str, key: str, address: str
) -> Asked:
    """Hand a wish for a new address to the bank's back office, which checks it."""
    text = " ".join(address.split())
    least, most = ADDRESS_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("bad_address", f"address: {least} to {most} characters")

    def look_up(contact: ContactRow) -> Unit[Wanted]:
        yield from ()
        require_holder(contact)
        subject = str(contact.customer_id)
        return Wanted(OrderKind.CHANGE_ADDRESS, subject, {"address": text})

    return await ask(hub, by, contact_id, key, OrderKind.CHANGE_ADDRESS, look_up)


# -- shared ------------------------------------------------------------------------------------


async def ask(
    hub: Hub, by: str, contact_id: str, key: str, kind: OrderKind, look_up: LookUp
) -> Asked:
    """Store an order; raise what the checks raise, and then nothing was stored."""
    if hub.core is None and not is_kept_here(kind):
        raise Refused("no_core", "this hub is not connected to the bank's system")
    return await hub.journal.run(lambda: _ask(hub, by, contact_id, key, kind, look_up))


def _ask(
    hub: Hub, by: str, contact_id: str, key: str, kind: OrderKind, look_up: LookUp
) -> Unit[Asked]:
    contact = yield from load_contact(contact_id)
    yield from require_hand(contact, by)
    earlier = yield find(BankOrder, "id", "kind", "state", contact_id=contact_id, asked_key=key)
    if earlier:
        if earlier[0][1] != kind:
            raise Refused("key_used", "this id was used for another order")
        return Asked(earlier[0][0], earlier[0][2])
    contact = yield from require_level(hub, contact_id, hub.banking.rules.levels[kind], by=by)
    wanted = yield from look_up(contact)
    yield from _refuse_second(wanted)
    return (yield from _store(hub, by, contact, key, wanted))


def _refuse_second(wanted: Wanted) -> Unit[None]:
    """The partial unique index is the fence; this says it in words."""
    if is_kept_here(wanted.kind):
        return
    rows = yield find(BankOrder, "state", subject_id=wanted.subject_id, kind=wanted.kind.value)
    if any(state in RUNNING for (state,) in rows):
        raise Refused("order_running", "the same was asked for and is not done yet")


def _store(hub: Hub, by: str, contact: ContactRow, key: str, wanted: Wanted) -> Unit[Asked]:
    at, order_id = hub.clock.now(), hub.new_id("ord")
    state = _first_state(hub, wanted)
    yield put(
        BankOrder,
        id=order_id,
        kind=wanted.kind.value,
        state=state.value,
        contact_id=contact.id,
        conversation_id=contact.conversation_id,
        customer_id=contact.customer_id,
        subject_id=wanted.subject_id,
        asked_key=key,
        asked_by=by,
        asked_at=at,
        language=contact.language,
        arguments_sealed=sealed_texts(hub, order_id, "arguments", dict(wanted.arguments)),
        ended_at=at if state is OrderState.APPLIED else None,
    )
    order = yield from load_order(order_id)
    yield from audited(
        hub, by, "bank_order_asked", order_id,
        details={"kind": order.kind, "state": order.state, "contact_id": contact.id},
    )  # fmt: skip
    yield Append(BankOrderAsked(at=at, by=by, state=order.state, **order.names))
    if state is OrderState.QUEUED:
        yield from put_on_its_way(hub, order_id, at)
    if state is OrderState.APPLIED:
        yield Append(BankOrderApplied(at=at, **order.names))
        yield from receipt(hub, order, {}, at)
    return Asked(order_id, state.value)


def _first_state(hub: Hub, wanted: Wanted) -> OrderState:
    if is_kept_here(wanted.kind):
        return OrderState.APPLIED
    if hub.banking.rules.needs_approval(wanted.kind, wanted.amount):
        return OrderState.AWAITING_APPROVAL
    return OrderState.QUEUED


def put_on_its_way(hub: Hub, order_id: str, at: float) -> Unit[None]:
    """Give the order to the outbox, under its own id."""
    sealed = hub.vault.seal("{}", "effect", "payload", order_id)
    yield emit(
        effect_id=order_id, kind=EFFECT_KIND, subject=order_id, payload_sealed=sealed, created_at=at
    )


def _require_code(code: str, known: frozenset[str]) -> None:
    if code not in known:
        raise Invalid("bad_reason", f"reason: one of {', '.join(sorted(known))}")


def _card(hub: Hub, contact: ContactRow, card_id: str, states: set[str]) -> Unit[dict[str, str]]:
    rows = yield find(
        Card, "last_four", "state", "account_id", id=card_id, customer_id=contact.customer_id
    )
    if not rows:
        raise NotFound("no_card")
    last_four, state, account_id = rows[0]
    yield from require_account(hub, contact, account_id)
    if state not in states:
        raise Refused(f"card_{state}", "the card's state does not allow it")
    return {"last_four": last_four, "account_id": account_id}


def _limit_arguments(
    account_id: str, currency: str, detail: str, wanted: Decimal
) -> dict[str, str]:
    known: dict[str, Any] = json.loads(detail)
    now = known.get("limit")
    if now is None:
        raise Refused("no_limit", "nothing can be transferred from this account")
    if money(now) == wanted:
        raise Refused("same_limit", "the limit is that already")
    return {
        "account_id": account_id,
        "last_four": str(known["number"])[-4:],
        "currency": currency,
        "amount": f"{wanted:.2f}",
        "amount_before": str(now),
    }
