"""An appointment that was booked is given back or moved, in any later talk with the customer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from hub.domain.banking import OrderKind, OrderState
from hub.domain.errors import NotFound, Refused
from hub.domain.events import BankOrderAmended
from hub.journey.audited import audited
from hub.journey.banking.appointments import require_slot, take_seat
from hub.journey.banking.ask import Asked
from hub.journey.banking.guard import require_hand, require_holder
from hub.journey.banking.orders import (
    OrderRow,
    arguments_of,
    load_order,
    move_order,
    reference,
    sealed_texts,
)
from hub.journey.banking.receipts import (
    REFERENCE,
    appointment_texts,
    language_of,
    tell_of_order,
)
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.identity.require import require_level
from hub.store.rows import change, find, remove
from hub.store.tables import Appointment, BankOrder, Message
from hub.store.unit import Append, Unit

CANCELLED: Final[Mapping[str, str]] = {
    "en": "Your appointment is cancelled: {when}, {branch}.",
    "zh": "您的预约已取消：{when}，{branch}。",
}
MOVED: Final[Mapping[str, str]] = {
    "en": "Your appointment is moved. It is now: {when}, {branch}, {address}.",
    "zh": "您的预约已改期，现为：{when}，{branch}，{address}。",
}


async def cancel_appointment(
    hub: Hub, by: str, *, contact_id: str, key: str, order_id: str
) -> Asked:
    """Give the seat back. The same `key` twice is one; a visit that has begun is refused."""
    return await hub.journal.run(lambda: _cancel(hub, by, contact_id, key, order_id))


async def move_appointment(
    hub: Hub, by: str, *, contact_id: str, key: str, order_id: str, branch_id: str, starts_at: float
) -> Asked:
    """Take another seat for the one that is held; `Refused("slot_taken")` leaves it as it was."""
    branch = require_slot(hub, branch_id, starts_at)

    def unit() -> Unit[Asked]:
        order, contact = yield from _held(hub, by, contact_id, order_id)
        if (yield from _was_done(contact, key)):
            return Asked(order.id, order.state)
        told = _require_ahead(hub, order)
        taken_for = yield from _give_seat_back(order, told)
        yield from take_seat(branch, starts_at, taken_for)
        now = told | {"branch_id": branch_id, "starts_at": f"{starts_at:.0f}"}
        sealed = sealed_texts(hub, order.id, "arguments", now)
        yield change(BankOrder, order.id, arguments_sealed=sealed)
        yield from _tell(hub, order, contact, key, by=by, what="moved", told=now)
        return Asked(order.id, order.state)

    return await hub.journal.run(unit)


def _cancel(hub: Hub, by: str, contact_id: str, key: str, order_id: str) -> Unit[Asked]:
    order, contact = yield from _held(hub, by, contact_id, order_id)
    if (yield from _was_done(contact, key)):
        return Asked(order.id, order.state)
    told = _require_ahead(hub, order)
    yield from _give_seat_back(order, told)
    yield from move_order(order, OrderState.CANCELLED, ended_at=hub.clock.now())
    cancelled = replace(order, state=OrderState.CANCELLED.value)
    yield from _tell(hub, cancelled, contact, key, by=by, what="cancelled", told=told)
    return Asked(order.id, cancelled.state)


def _held(hub: Hub, by: str, contact_id: str, order_id: str) -> Unit[tuple[OrderRow, ContactRow]]:
    """Read and hold both; raise unless `by` may change it for the customer of the Contact."""
    yield from require_hand((yield from load_contact(contact_id)), by)
    level = hub.banking.rules.levels[OrderKind.APPOINTMENT]
    contact = yield from require_level(hub, contact_id, level, by=by)
    require_holder(contact)
    order = yield from load_order(order_id)
    if order.kind != OrderKind.APPOINTMENT or order.customer_id != contact.customer_id:
        raise NotFound("no_order")
    return order, contact


def _was_done(contact: ContactRow, key: str) -> Unit[bool]:
    return bool((yield find(Message, "seq", conversation_id=contact.conversation_id, key=key)))


def _require_ahead(hub: Hub, order: OrderRow) -> dict[str, str]:
    told = arguments_of(hub, order.id, order.arguments_sealed)
    if order.state != OrderState.APPLIED or float(told["starts_at"]) <= hub.clock.now():
        raise Refused("appointment_over", "it was cancelled, or its time has come")
    return told


def _give_seat_back(order: OrderRow, told: Mapping[str, str]) -> Unit[str]:
    [(key,)] = yield find(BankOrder, "asked_key", id=order.id)
    taken_for = f"{order.contact_id}/{key}"
    yield remove(
        Appointment,
        branch_id=told["branch_id"],
        starts_at=float(told["starts_at"]),
        taken_for=taken_for,
    )
    return taken_for


def _tell(
    hub: Hub,
    order: OrderRow,
    contact: ContactRow,
    key: str,
    *,
    by: str,
    what: str,
    told: Mapping[str, str],
) -> Unit[None]:
    at, language = hub.clock.now(), language_of(order)
    words = (CANCELLED if what == "cancelled" else MOVED)[language]
    text = words.format(**appointment_texts(hub, told, language))
    closing = REFERENCE[language].format(reference=reference(order.id))
    yield from tell_of_order(hub, order, contact.id, key=key, text=f"{text}\n{closing}", at=at)
    here = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(BankOrderAmended(at=at, by=by, what=what, **(order.names | here)))
    yield from audited(hub, by, f"appointment_{what}", order.id, details={"contact_id": contact.id})
