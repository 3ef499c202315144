"""An agent takes written work by themselves: routing's next, one of the list, one set aside."""

from functools import partial

from hub.domain.codec import encode_value
from hub.domain.errors import NotFound, Refused
from hub.domain.events import ReservationAccepted, ReservationMade
from hub.domain.routing import Because
from hub.domain.states import ContactState, ReservationState
from hub.domain.written import MERGED
from hub.journey.assign import assign
from hub.journey.audited import audited
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.load import require_room
from hub.journey.reserve import pending_of_contact, rescind
from hub.journey.transfer import require_present
from hub.journey.waiting import TimerKind, disarm
from hub.journey.written.aside import out_of_wait, queue_of
from hub.journey.written.lists import Scope, scope_of
from hub.store.rows import change, put
from hub.store.tables import Contact, Reservation
from hub.store.unit import Append, Unit

TRIES = 3
"""So often the next one is asked for when somebody else is faster."""


async def take_next(hub: Hub, agent_id: str) -> tuple[str, str, Because]:
    """Give the agent what routing would choose; returns Contact, Queue and why it is this one.

    Raises `Refused` with `nothing_waits`, `no_capacity`, `agent_offline`, `agent_has_offer`.
    """
    channels = [writer.name for writer in hub.writers]
    for _ in range(TRIES):
        choice = hub.line.next_for(agent_id, channels)
        if choice is None:
            break
        unit = partial(_take_next, hub, agent_id, choice.contact_id, choice.because)
        try:
            await hub.journal.run(unit)
        except Refused as refused:
            if refused.code != "contact_moved_on":
                raise
            continue
        return choice.contact_id, choice.queue_id, choice.because
    await hub.journal.run(lambda: _require_free(hub, agent_id, channels))
    raise Refused("nothing_waits", "no written work waits that you can serve")


def _require_free(hub: Hub, agent_id: str, channels: list[str]) -> Unit[None]:
    """Say that there is no room rather than that nothing waits."""
    yield from require_present(hub, agent_id)
    for channel in channels:
        yield from require_room(hub, agent_id, channel)


def _take_next(hub: Hub, agent_id: str, contact_id: str, because: Because) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.state != ContactState.QUEUED or contact.queue_id is None:
        raise Refused("contact_moved_on")
    yield from require_present(hub, agent_id)
    yield from require_room(hub, agent_id, contact.channel)
    at, reservation_id = hub.clock.now(), hub.new_id("res")
    offer = {"contact_id": contact_id, "agent_id": agent_id, "channel": contact.channel}
    yield put(
        Reservation, id=reservation_id, queue_id=contact.queue_id, offered_at=at, expires_at=at,
        state=ReservationState.ACCEPTED.value, decided_at=at, reason="",
        because=encode_value(because), **offer,
    )  # fmt: skip
    ids = {
        "reservation_id": reservation_id, "conversation_id": contact.conversation_id, **offer,
    }  # fmt: skip
    yield Append(
        ReservationMade(at=at, queue_id=contact.queue_id, expires_at=at, because=because, **ids)
    )
    yield Append(ReservationAccepted(at=at, **ids))
    yield from assign(hub, contact, agent_id, at, cause="accepted", queue_id=contact.queue_id)


async def take(hub: Hub, viewer: Viewer, contact_id: str) -> None:
    """Take one Contact out of a list: nobody's, or one that was set aside.

    Raises `NotFound("no_contact")` for work of other Queues and teams.
    """
    scope = scope_of(hub, viewer)
    await hub.journal.run(lambda: _take(hub, scope, contact_id))


def _take(hub: Hub, scope: Scope, contact_id: str) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    require_in_scope(hub, scope, contact)
    yield from require_present(hub, scope.user_id)
    yield from require_room(hub, scope.user_id, contact.channel)
    yield from take_held(hub, contact, scope.user_id, hub.clock.now())
    yield from audited(hub, scope.user_id, "contact_taken", contact_id)


def take_held(hub: Hub, contact: ContactRow, agent_id: str, at: float) -> Unit[None]:
    """Make the agent the owner of a held Contact that nobody has."""
    if contact.state not in (ContactState.QUEUED, ContactState.RESERVED, ContactState.PARKED):
        raise Refused("contact_moved_on", "somebody has it, or it is over")
    if contact.waits_for == MERGED:
        raise Refused("contact_moved_on", "its customer is answered in another talk")
    reservation = yield from pending_of_contact(contact.id)
    if reservation is not None:
        yield from rescind(hub, reservation, contact, at, "taken")
    queue_id = queue_of(hub, contact)
    if contact.waits_for is not None:
        yield disarm(TimerKind.ASIDE, contact.id)
        yield change(Contact, contact.id, parked_until=None, **out_of_wait(hub, contact, queue_id))
    elif contact.state == ContactState.PARKED:
        yield disarm(TimerKind.OPENING, contact.id)
        yield change(Contact, contact.id, parked_until=None)
    yield from assign(hub, contact, agent_id, at, cause="taken", queue_id=queue_id)


def require_in_scope(hub: Hub, scope: Scope, contact: ContactRow) -> None:
    """Raise unless the Contact is written work that stands in one of the viewer's lists.

    Who does not see it does not learn that it exists.
    """
    people = (contact.owner_agent_id, contact.preferred_agent_id)
    is_mine = scope.user_id in people or contact.queue_id in scope.queues
    is_seen = scope.steers or is_mine or any(one in scope.mates for one in people)
    if contact.channel not in hub.writers or not is_seen:
        raise NotFound("no_contact", "it is not there, or in none of your lists")
