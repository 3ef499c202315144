"""Step 6: a timed hold of one Agent for one Contact, as a conditional claim."""

import dataclasses

from sqlalchemy import bindparam, select, update

from hub.domain.calls import CHANNEL
from hub.domain.codec import encode_value
from hub.domain.errors import Refused
from hub.domain.events import (
    ReservationMade,
    ReservationRescinded,
    ReservationTimedOut,
)
from hub.domain.routing import Reserve
from hub.domain.states import ContactState, Presence, QueueCause, ReservationState
from hub.domain.transitions import require_reservation_move
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.declare import declare
from hub.journey.enqueue import to_queue
from hub.journey.finishing import finish_if_free
from hub.journey.load import require_room
from hub.journey.phones.ready import require_phone
from hub.journey.returning import needs_beside_language, return_to_sender, sender_of
from hub.journey.waiting import TimerKind, arm, disarm, ring
from hub.store.rows import change, find, put, table_of
from hub.store.tables import AgentPresence, Contact, Reservation
from hub.store.unit import Append, Prepared, Unit

_COLUMNS = ("id", "contact_id", "agent_id", "queue_id", "channel", "state", "expires_at")
_r = table_of(Reservation).c
_pending = select(*(_r[name] for name in _COLUMNS)).where(
    _r.state == ReservationState.PENDING.value
)
_pending_of_contact = Prepared(_pending.where(_r.contact_id == bindparam("of")).with_for_update())
_pending_of_agent = Prepared(_pending.where(_r.agent_id == bindparam("of")))
_take = Prepared(
    update(table_of(Reservation))
    .where(_r.id == bindparam("of"), _r.agent_id == bindparam("agent"))
    .where(_r.state == ReservationState.PENDING.value, _r.expires_at > bindparam("now"))
    .values(state=ReservationState.ACCEPTED.value, decided_at=bindparam("now"), reason="")
    .returning(*(_r[name] for name in _COLUMNS))
)
"""Of many who answer one Offer, one gets its row."""
_c = table_of(Contact).c
_hold = Prepared(
    update(table_of(Contact))
    .where(_c.id == bindparam("of"), _c.state == ContactState.QUEUED.value)
    .values(state=ContactState.RESERVED.value, state_since=bindparam("now"), version=_c.version + 1)
    .returning(_c.conversation_id, _c.channel)
)


@dataclasses.dataclass(frozen=True, slots=True)
class ReservationRow:
    """A Reservation as the steps read it."""

    id: str
    contact_id: str
    agent_id: str
    queue_id: str
    channel: str
    state: str
    expires_at: float


def load_reservation(reservation_id: str) -> Unit[ReservationRow]:
    """Read and hold a Reservation; raise `Refused("offer_gone")`."""
    rows = yield find(Reservation, *_COLUMNS, lock=True, id=reservation_id)
    if not rows:
        raise Refused("offer_gone", "the offer is answered, over or not yours")
    return ReservationRow(*rows[0])


def pending_of_contact(contact_id: str) -> Unit[ReservationRow | None]:
    """The live Reservation of a Contact, if there is one."""
    rows = yield _pending_of_contact(of=contact_id)
    return ReservationRow(*rows[0]) if rows else None


async def pending_of_agent(hub: Hub, agent_id: str) -> list[str]:
    """The Agent's live Reservations, by id."""
    return [row[0] for row in await hub.reader.rows(_pending_of_agent(of=agent_id))]


async def reserve(hub: Hub, decision: Reserve) -> bool:
    """Hold the Agent and offer the Contact; False when either has moved on meanwhile."""
    try:
        await hub.journal.run(lambda: _reserve(hub, decision))
    except Refused:
        return False
    return True


def _reserve(hub: Hub, decision: Reserve) -> Unit[None]:
    at = hub.clock.now()
    held = yield _hold(of=decision.contact_id, now=at)
    if not held:
        raise Refused("contact_moved_on")
    conversation_id, channel = held[0]
    presence = yield find(AgentPresence, "presence", lock=True, agent_id=decision.agent_id)
    if not presence or presence[0][0] != Presence.AVAILABLE:
        raise Refused("agent_not_ready")
    if channel == CHANNEL:
        yield from require_phone(decision.agent_id)
    yield from require_room(hub, decision.agent_id, channel)
    reservation_id, expires_at = hub.new_id("res"), at + decision.offer_seconds
    yield put(
        Reservation,
        id=reservation_id,
        contact_id=decision.contact_id,
        agent_id=decision.agent_id,
        queue_id=decision.queue_id,
        channel=channel,
        state=ReservationState.PENDING.value,
        offered_at=at,
        expires_at=expires_at,
        because=encode_value(decision.because),
    )
    yield arm(TimerKind.OFFER, reservation_id, expires_at)
    yield Append(
        ReservationMade(
            at=at,
            contact_id=decision.contact_id,
            conversation_id=conversation_id,
            reservation_id=reservation_id,
            agent_id=decision.agent_id,
            channel=channel,
            queue_id=decision.queue_id,
            expires_at=expires_at,
            because=decision.because,
        )
    )


def take(agent_id: str, reservation_id: str, at: float) -> Unit[ReservationRow]:
    """Accept a live Offer for its agent, once; raise `Refused("offer_gone")`."""
    rows = yield _take(of=reservation_id, agent=agent_id, now=at)
    if not rows:
        raise Refused("offer_gone", "the offer is answered, over or not yours")
    yield disarm(TimerKind.OFFER, reservation_id)
    return ReservationRow(*rows[0])


def settle(
    hub: Hub, reservation: ReservationRow, to: ReservationState, at: float, reason: str = ""
) -> Unit[None]:
    """End a pending Reservation that nobody accepted, once."""
    require_reservation_move(reservation.state, to)
    yield change(Reservation, reservation.id, state=to.value, decided_at=at, reason=reason)
    yield disarm(TimerKind.OFFER, reservation.id)
    yield from finish_if_free(hub, reservation.agent_id, at)


async def expire(hub: Hub, reservation_id: str) -> None:
    """Timer `offer`: nobody answered; the Contact goes back, the Agent goes not ready."""
    await hub.journal.run(lambda: _expire(hub, reservation_id))


def _expire(hub: Hub, reservation_id: str) -> Unit[None]:
    taken = yield ring(hub, TimerKind.OFFER, reservation_id)
    reservation = yield from load_reservation(reservation_id)
    if not taken or reservation.state != ReservationState.PENDING:
        return
    contact = yield from load_contact(reservation.contact_id)
    at = hub.clock.now()
    yield from settle(hub, reservation, ReservationState.TIMED_OUT, at)
    yield Append(ReservationTimedOut(at=at, **ids_of(contact, reservation)))
    yield from _not_ready(reservation.agent_id, at)
    yield from put_back(hub, contact, reservation.agent_id, QueueCause.TIMED_OUT, at)


def _not_ready(agent_id: str, at: float) -> Unit[None]:
    rows = yield find(AgentPresence, "presence", lock=True, agent_id=agent_id)
    if not rows or rows[0][0] != Presence.AVAILABLE:
        return
    yield from declare(agent_id, Presence.BREAK, at, reason="missed", by="system")


def rescind(
    hub: Hub, reservation: ReservationRow, contact: ContactRow, at: float, reason: str
) -> Unit[None]:
    """Withdraw a live Offer: the customer left, or the agent was lost."""
    yield from settle(hub, reservation, ReservationState.RESCINDED, at, reason)
    yield Append(ReservationRescinded(at=at, reason=reason, **ids_of(contact, reservation)))


def put_back(
    hub: Hub, contact: ContactRow, agent_id: str, cause: QueueCause, at: float
) -> Unit[None]:
    """Return a Contact to its place in line; this agent is tried last.

    One that a colleague had given to this agent goes back to that colleague.
    """
    sender = yield from sender_of(contact, agent_id)
    if sender is not None:
        yield from return_to_sender(hub, contact, sender, at)
        return
    tried = (*(a for a in contact.tried if a != agent_id), agent_id)
    target = None if contact.target_agent_id == agent_id else contact.target_agent_id
    preferred = None if contact.preferred_agent_id == agent_id else contact.preferred_agent_id
    if contact.queue_id is None:
        raise Refused("no_queue", "the contact was never in a queue")
    yield from to_queue(
        hub, contact, queue_id=contact.queue_id, cause=cause, at=at, tried=tried,
        more=needs_beside_language(contact),
        preferred_agent_id=preferred, target_agent_id=target,
    )  # fmt: skip


def ids_of(contact: ContactRow, reservation: ReservationRow) -> dict[str, str]:
    """The identifiers that every event of a Reservation names."""
    return {
        "contact_id": contact.id,
        "conversation_id": contact.conversation_id,
        "reservation_id": reservation.id,
        "agent_id": reservation.agent_id,
        "channel": reservation.channel,
    }
