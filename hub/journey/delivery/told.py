"""What providers report about Messages: late, twice, out of order, or before we know the name."""

from typing import Final, NamedTuple

from sqlalchemy import bindparam

from hub.domain.events import MessageDelivered, MessageDeliveryFailed, MessageSent
from hub.domain.outbound import DeliveryState, DeliveryTold
from hub.journey.context import Hub
from hub.store.rows import find, table_of
from hub.store.tables import DeliveryRef, MessageDelivery
from hub.store.unit import Append, Prepared, Unit
from hub.store.upsert import upsert

RANK: Final = {
    state: rank
    for rank, state in enumerate(
        (
            DeliveryState.QUEUED,
            DeliveryState.UNKNOWN,
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.DELIVERED,
        )
    )
}
"""A report moves a Message up only; that it arrived is the last word."""

_REF = table_of(DeliveryRef)
_new = upsert(_REF)
_HOLD = Prepared(
    # Whoever is second, the one who sends or the one who reports, waits here and sees the first.
    _new.on_conflict_do_update(
        index_elements=["channel", "ref"], set_={"channel": _new.excluded.channel}
    ).returning(_REF.c.conversation_id, _REF.c.seq, _REF.c.state, _REF.c.error_code)
)
_TOLD = Prepared(
    _REF.update()
    .where(_REF.c.channel == bindparam("of_channel"), _REF.c.ref == bindparam("of_ref"))
    .values(state=bindparam("state"), error_code=bindparam("error_code"))
)
_NAME = Prepared(
    _REF.update()
    .where(_REF.c.channel == bindparam("of_channel"), _REF.c.ref == bindparam("of_ref"))
    .values(conversation_id=bindparam("conversation_id"), seq=bindparam("seq"))
)
_d = table_of(MessageDelivery).c
_MOVE = Prepared(
    table_of(MessageDelivery)
    .update()
    .where(_d.conversation_id == bindparam("of"), _d.seq == bindparam("number"))
    .values(state=bindparam("state"), error_code=bindparam("error_code"), at=bindparam("at"))
)


class Reported(NamedTuple):
    """The furthest that was reported under a name, and whose name it is."""

    conversation_id: str | None
    seq: int | None
    state: str | None
    error_code: str


async def delivery_told(hub: Hub, told: DeliveryTold) -> bool:
    """Take a provider's report; False when it says nothing new. Answers after COMMIT."""
    return await hub.journal.run(lambda: _told(hub, told))


def _told(hub: Hub, told: DeliveryTold) -> Unit[bool]:
    at = hub.clock.now()
    known = yield from _hold(told.channel, told.ref, at)
    if known.state is not None and RANK[told.state] <= RANK[DeliveryState(known.state)]:
        return False
    yield _TOLD(
        of_channel=told.channel, of_ref=told.ref, state=told.state.value,
        error_code=told.error_code,
    )  # fmt: skip
    if known.conversation_id is None or known.seq is None:
        return True
    return (
        yield from advance(hub, known.conversation_id, known.seq, told.state, told.error_code, at)
    )


def name_message(
    channel: str, ref: str, conversation_id: str, seq: int, at: float
) -> Unit[Reported]:
    """Say whose name `ref` is; returns what was reported under it before."""
    known = yield from _hold(channel, ref, at)
    yield _NAME(of_channel=channel, of_ref=ref, conversation_id=conversation_id, seq=seq)
    return known


def _hold(channel: str, ref: str, at: float) -> Unit[Reported]:
    rows = yield _HOLD(
        channel=channel, ref=ref, conversation_id=None, seq=None, state=None, error_code="", at=at
    )
    return Reported(*rows[0])


def advance(
    hub: Hub, conversation_id: str, seq: int, state: DeliveryState, error_code: str, at: float
) -> Unit[bool]:
    """Move a Message up to a state and say so; False when it is there or beyond."""
    rows = yield find(
        MessageDelivery, "state", "contact_id", lock=True, conversation_id=conversation_id, seq=seq
    )
    if not rows or RANK[state] <= RANK[DeliveryState(rows[0][0])]:
        return False
    yield from put_state(conversation_id, seq, state, error_code, at)
    yield tell(rows[0][1], conversation_id, seq, state, error_code, at)
    return True


def put_state(
    conversation_id: str, seq: int, state: DeliveryState, error_code: str, at: float
) -> Unit[None]:
    """Write where a Message is."""
    yield _MOVE(of=conversation_id, number=seq, state=state.value, error_code=error_code, at=at)


def tell(
    contact_id: str,
    conversation_id: str,
    seq: int,
    state: DeliveryState,
    error_code: str,
    at: float,
) -> Append:
    """Return the event of a Message's new state."""
    ids = {"contact_id": contact_id, "conversation_id": conversation_id}
    match state:
        case DeliveryState.SENT:
            return Append(MessageSent(at=at, seq=seq, **ids))
        case DeliveryState.DELIVERED:
            return Append(MessageDelivered(at=at, seq=seq, **ids))
        case _:
            failed = MessageDeliveryFailed(
                at=at, seq=seq, state=state.value, error_code=error_code, **ids
            )
            return Append(failed)
