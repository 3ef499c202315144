"""Step 7: the Agent takes the Offer or refuses it; exactly one of many parallel answers wins."""

from hub.domain.errors import Invalid, Refused
from hub.domain.events import ReservationAccepted, ReservationDeclined
from hub.domain.states import QueueCause, ReservationState
from hub.journey.assign import assign
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.reserve import ReservationRow, ids_of, load_reservation, put_back, settle, take
from hub.store.unit import Append, Unit


async def accept(hub: Hub, agent_id: str, reservation_id: str) -> str:
    """Take the Offer; returns the Assignment's id. Raises `Refused("offer_gone")`."""
    return await hub.journal.run(lambda: _accept(hub, agent_id, reservation_id))


def _accept(hub: Hub, agent_id: str, reservation_id: str) -> Unit[str]:
    at = hub.clock.now()
    reservation = yield from take(agent_id, reservation_id, at)
    contact = yield from load_contact(reservation.contact_id)
    yield Append(ReservationAccepted(at=at, **ids_of(contact, reservation)))
    return (
        yield from assign(
            hub, contact, agent_id, at, cause="accepted", queue_id=reservation.queue_id
        )
    )


async def decline(hub: Hub, agent_id: str, reservation_id: str, *, reason: str) -> None:
    """Refuse the Offer with a reason; the Contact keeps its place, this agent is tried last."""
    if not reason or len(reason) > 40:
        raise Invalid("bad_reason", "name one of the decline reasons")
    await hub.journal.run(lambda: _decline(hub, agent_id, reservation_id, reason))


def _decline(hub: Hub, agent_id: str, reservation_id: str, reason: str) -> Unit[None]:
    at = hub.clock.now()
    reservation, contact = yield from _load_offer(agent_id, reservation_id)
    yield from settle(hub, reservation, ReservationState.DECLINED, at, reason)
    yield Append(ReservationDeclined(at=at, reason=reason, **ids_of(contact, reservation)))
    yield from put_back(hub, contact, agent_id, QueueCause.DECLINED, at)


def _load_offer(agent_id: str, reservation_id: str) -> Unit[tuple[ReservationRow, ContactRow]]:
    reservation = yield from load_reservation(reservation_id)
    if reservation.agent_id != agent_id or reservation.state != ReservationState.PENDING:
        raise Refused("offer_gone", "the offer is answered, over or not yours")
    contact = yield from load_contact(reservation.contact_id)
    return reservation, contact
