"""Orders for a customer: blocking a card and the like, and the second person's decision."""

from typing import Annotated, Final, Literal

from pydantic import Field, StrictFloat, StrictInt, StringConstraints

from agent_console.commands.access import contact_of
from agent_console.commands.arguments import Arguments, Id, Key, OnContact, Word
from agent_console.commands.command import Command, Desk, Result
from hub.journey.banking import appointments, approve, ask, visits
from hub.journey.banking.ask import Asked
from hub.journey.context import Viewer
from hub.security.roles import Right

Amount = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=20)]
Address = Annotated[str, StringConstraints(strict=True, max_length=400)]
Day = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$")]
Moment = Annotated[StrictFloat | StrictInt, Field(ge=0, le=2**40)]
Reason = Annotated[str, StringConstraints(strict=True, max_length=200)]


class _Order(OnContact):
    key: Key
    """The page's own id of the order: pressed twice it is one."""


class BlockCard(_Order):
    """`block_card`."""

    card_id: Id
    reason: Literal["lost", "stolen", "fraud", "customer_wish"]


class ReplaceCard(_Order):
    """`replace_card`."""

    card_id: Id
    reason: Literal["lost", "stolen", "damaged", "expired"]


class ChangeLimit(_Order):
    """`change_limit`."""

    account_id: Id
    amount: Amount


class AskAddressChange(_Order):
    """`ask_address_change`."""

    address: Address


class FreeSlots(OnContact):
    """`appointment_slots`."""

    branch_id: Id | None = None
    day: Day | None = None


class BookAppointment(_Order):
    """`book_appointment`."""

    branch_id: Id
    starts_at: Moment
    topic: Word


class CancelAppointment(_Order):
    """`cancel_appointment`."""

    order_id: Id


class MoveAppointment(CancelAppointment):
    """`move_appointment`."""

    branch_id: Id
    starts_at: Moment


class OnOrder(Arguments):
    """`order_to_decide`, `approve_order`."""

    order_id: Id


class RefuseOrder(OnOrder):
    """`refuse_order`."""

    reason: Reason


async def _block_card(desk: Desk, viewer: Viewer, a: BlockCard) -> Result:
    return _answer(
        await ask.block_card(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, card_id=a.card_id,
            reason=a.reason,
        )
    )  # fmt: skip


async def _replace_card(desk: Desk, viewer: Viewer, a: ReplaceCard) -> Result:
    return _answer(
        await ask.replace_card(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, card_id=a.card_id,
            reason=a.reason,
        )
    )  # fmt: skip


async def _change_limit(desk: Desk, viewer: Viewer, a: ChangeLimit) -> Result:
    return _answer(
        await ask.change_limit(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key,
            account_id=a.account_id, amount=a.amount,
        )
    )  # fmt: skip


async def _ask_address_change(desk: Desk, viewer: Viewer, a: AskAddressChange) -> Result:
    return _answer(
        await ask.ask_address_change(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, address=a.address
        )
    )


async def _appointment_slots(desk: Desk, viewer: Viewer, a: FreeSlots) -> Result:
    await contact_of(desk.hub, viewer, a.contact_id)
    found = appointments.choices(desk.hub)
    if a.branch_id is None or a.day is None:
        return found | {"slots": []}
    slots = await appointments.free_slots(desk.hub, branch_id=a.branch_id, day=a.day)
    return found | {"slots": slots}


async def _book_appointment(desk: Desk, viewer: Viewer, a: BookAppointment) -> Result:
    return _answer(
        await appointments.book_appointment(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, branch_id=a.branch_id,
            starts_at=float(a.starts_at), topic=a.topic,
        )
    )  # fmt: skip


async def _cancel_appointment(desk: Desk, viewer: Viewer, a: CancelAppointment) -> Result:
    return _answer(
        await visits.cancel_appointment(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, order_id=a.order_id
        )
    )


async def _move_appointment(desk: Desk, viewer: Viewer, a: MoveAppointment) -> Result:
    return _answer(
        await visits.move_appointment(
            desk.hub, viewer.user_id, contact_id=a.contact_id, key=a.key, order_id=a.order_id,
            branch_id=a.branch_id, starts_at=float(a.starts_at),
        )
    )  # fmt: skip


async def _order_to_decide(desk: Desk, viewer: Viewer, a: OnOrder) -> Result:
    return await approve.order_to_decide(desk.hub, viewer.user_id, order_id=a.order_id)


async def _approve_order(desk: Desk, viewer: Viewer, a: OnOrder) -> None:
    await approve.approve_order(desk.hub, viewer.user_id, order_id=a.order_id)


async def _refuse_order(desk: Desk, viewer: Viewer, a: RefuseOrder) -> None:
    await approve.refuse_order(desk.hub, viewer.user_id, order_id=a.order_id, reason=a.reason)


def _answer(asked: Asked) -> Result:
    return {"order_id": asked.order_id, "state": asked.state}


_GIVE, _DECIDE = Right.GIVE_BANK_ORDERS, Right.DECIDE_BANK_ORDERS

BANKING_COMMANDS: Final[dict[str, Command]] = {
    "block_card": Command(BlockCard, _GIVE, _block_card),
    "replace_card": Command(ReplaceCard, _GIVE, _replace_card),
    "change_limit": Command(ChangeLimit, _GIVE, _change_limit),
    "ask_address_change": Command(AskAddressChange, _GIVE, _ask_address_change),
    "appointment_slots": Command(FreeSlots, _GIVE, _appointment_slots),
    "book_appointment": Command(BookAppointment, _GIVE, _book_appointment),
    "cancel_appointment": Command(CancelAppointment, _GIVE, _cancel_appointment),
    "move_appointment": Command(MoveAppointment, _GIVE, _move_appointment),
    "order_to_decide": Command(OnOrder, _DECIDE, _order_to_decide),
    "approve_order": Command(OnOrder, _DECIDE, _approve_order),
    "refuse_order": Command(RefuseOrder, _DECIDE, _refuse_order),
}
