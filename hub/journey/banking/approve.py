"""The second person: an order above the limits is agreed to or refused, never by who asked."""

from typing import Any

from hub.domain.banking import OrderState
from hub.domain.errors import Forbidden, Invalid, Refused
from hub.domain.events import BankOrderApproved, BankOrderRefused
from hub.journey.audited import audited
from hub.journey.banking.ask import put_on_its_way
from hub.journey.banking.orders import (
    OrderRow,
    arguments_of,
    load_order,
    move_order,
    read_order,
)
from hub.journey.banking.receipts import refusal
from hub.journey.context import Hub
from hub.security.redaction import redact_cards
from hub.store.rows import find
from hub.store.tables import Customer
from hub.store.unit import Append, Unit

REASON_CHARACTERS = (3, 200)


async def approve_order(hub: Hub, by: str, *, order_id: str) -> None:
    """Agree; the order leaves at once."""
    await hub.journal.run(lambda: _approve(hub, by, order_id))


def _approve(hub: Hub, by: str, order_id: str) -> Unit[None]:
    order = yield from _load_undecided(order_id, by)
    at = hub.clock.now()
    yield from move_order(order, OrderState.QUEUED, decided_by=by, decided_at=at)
    yield from put_on_its_way(hub, order_id, at)
    yield from audited(hub, by, "bank_order_approved", order_id, details={"kind": order.kind})
    yield Append(BankOrderApproved(at=at, by=by, **order.names))


async def refuse_order(hub: Hub, by: str, *, order_id: str, reason: str) -> None:
    """Say no, with the reason that the asker reads; the customer is told that it was not done."""
    text = redact_cards(" ".join(reason.split()))[0]
    least, most = REASON_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("reason_needed", f"say why, in {least} to {most} characters")
    await hub.journal.run(lambda: _refuse(hub, by, order_id, text))


def _refuse(hub: Hub, by: str, order_id: str, reason: str) -> Unit[None]:
    order = yield from _load_undecided(order_id, by)
    at = hub.clock.now()
    yield from move_order(
        order, OrderState.REFUSED, decided_by=by, decided_at=at, reason=reason, ended_at=at
    )
    yield from audited(
        hub, by, "bank_order_refused", order_id, reason=reason, details={"kind": order.kind}
    )
    yield Append(BankOrderRefused(at=at, by=by, reason="second_person", **order.names))
    yield from refusal(hub, order, at)


def _load_undecided(order_id: str, by: str) -> Unit[OrderRow]:
    order = yield from load_order(order_id)
    if order.asked_by == by:
        raise Forbidden("own_order", "somebody else must decide on what you asked for")
    if order.state != OrderState.AWAITING_APPROVAL:
        raise Refused("order_decided", "it was decided already")
    return order


async def order_to_decide(hub: Hub, by: str, *, order_id: str) -> dict[str, Any]:
    """What the second person must know; that it was looked at is in the audit."""
    order = await read_order(hub, order_id)
    if order.state != OrderState.AWAITING_APPROVAL:
        raise Refused("order_decided", "it was decided already")
    rows = await hub.reader.rows(
        find(Customer, "number", "segment", "since_year", id=order.customer_id)
    )
    await hub.journal.run(audited(hub, by, "bank_order_read", order_id))
    number, segment, since_year = rows[0]
    return {
        "order_id": order.id,
        "kind": order.kind,
        "contact_id": order.contact_id,
        "asked_by": hub.staff.name_of(order.asked_by),
        "asked_at": order.asked_at,
        "own": order.asked_by == by,
        "customer": {"number": number, "segment": segment, "since_year": since_year},
        "told": arguments_of(hub, order.id, order.arguments_sealed),
    }
