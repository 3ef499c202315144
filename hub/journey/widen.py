"""What waiting changes: requirements that relaxed, other queues that may help."""

from hub.domain.errors import Refused
from hub.domain.events import ContactOverflowed, ContactRelaxed
from hub.domain.routing import OverflowTo, Relax
from hub.domain.states import ContactState
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub
from hub.store.rows import change
from hub.store.tables import Contact
from hub.store.unit import Append, Unit

_WAITING = (ContactState.QUEUED, ContactState.RESERVED)


async def relax(hub: Hub, decision: Relax) -> bool:
    """Write down that a Contact's requirements widened; False when it waits no more."""
    return await _try(hub, _relax(hub, decision))


def _relax(hub: Hub, decision: Relax) -> Unit[None]:
    contact = yield from load_contact(decision.contact_id)
    if contact.state not in _WAITING:
        raise Refused("contact_moved_on")
    yield change(Contact, contact.id, relaxed=decision.level)
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactRelaxed(at=hub.clock.now(), level=decision.level, **ids))


async def overflow(hub: Hub, decision: OverflowTo) -> bool:
    """Write down that another queue's agents may serve it; False when it waits no more."""
    return await _try(hub, _overflow(hub, decision))


def _overflow(hub: Hub, decision: OverflowTo) -> Unit[None]:
    contact = yield from load_contact(decision.contact_id)
    if contact.state not in _WAITING:
        raise Refused("contact_moved_on")
    ids = {"contact_id": contact.id, "conversation_id": contact.conversation_id}
    yield Append(ContactOverflowed(at=hub.clock.now(), queue_id=decision.queue_id, **ids))


async def _try(hub: Hub, unit: Unit[None]) -> bool:
    try:
        await hub.journal.run(unit)
    except Refused:
        return False
    return True
