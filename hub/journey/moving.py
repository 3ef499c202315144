"""Open work at the end of a shift: signing out with it is refused, a supervisor moves it whole."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from hub.domain.errors import Invalid, Refused
from hub.domain.states import ContactState, Presence, QueueCause
from hub.journey.audited import audited
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.declare import declare, presence_of
from hub.journey.presence import take_back_offer
from hub.journey.reserve import pending_of_agent
from hub.journey.transfer import pass_on, require_present
from hub.journey.work.tasks import reassign_task
from hub.store.rows import find
from hub.store.tables import Contact, Task
from hub.store.unit import Unit

WORK_MOVED: Final = "work_moved"
"""The Presence reason of an agent whose work was moved: a break until they come back."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of an agent's work; `left` could not be moved."""

    contacts: int
    tasks: int
    left: int


async def require_empty_hands(hub: Hub, user_id: str) -> None:
    """Raise `Refused("work_in_hand")`, its detail the number of Contacts that need an owner."""
    rows = await hub.reader.rows(
        find(Contact, "id", owner_agent_id=user_id, state=ContactState.ASSIGNED.value)
    )
    if rows:
        raise Refused("work_in_hand", f"{len(rows)} contacts: hand them over or end them")


async def move_work(
    hub: Hub,
    viewer: Viewer,
    *,
    agent_id: str,
    queue_id: str | None = None,
    agent_to: str | None = None,
) -> Moved:
    """Move all an absent agent has: Contacts keep their start time, Tasks their due time.

    To a Queue, to a colleague, or with neither each Contact back to its own Queue. One short unit
    each, so that many Contacts do not hold up the log; what is refused stays and is counted.
    """
    if hub.staff.get(agent_id) is None or agent_to == agent_id:
        raise Invalid("no_agent", "name an agent, and another one to move to")
    await hub.journal.run(lambda: _stop_offers(hub, viewer.user_id, agent_id, agent_to))
    for reservation_id in await pending_of_agent(hub, agent_id):
        await hub.journal.run(partial(take_back_offer, hub, reservation_id))
    rows = await hub.reader.rows(
        find(Contact, "id", owner_agent_id=agent_id, state=ContactState.ASSIGNED.value)
    )
    contacts = [
        await _try(hub, partial(_move_one, hub, contact_id, agent_id, queue_id, agent_to))
        for (contact_id,) in rows
    ]
    tasks = [
        await _try_task(hub, viewer, task_id, own_queue, queue_id, agent_to)
        for task_id, own_queue in await hub.reader.rows(
            find(Task, "id", "queue_id", owner_id=agent_id, state="open")
        )
    ]
    moved = Moved(sum(contacts), sum(tasks), [*contacts, *tasks].count(False))
    details = {
        "queue_id": queue_id or "", "agent_id": agent_to or "",
        "contacts": moved.contacts, "tasks": moved.tasks, "left": moved.left,
    }  # fmt: skip
    await hub.journal.run(
        lambda: audited(hub, viewer.user_id, "work_moved", agent_id, details=details)
    )
    return moved


def _stop_offers(hub: Hub, by: str, agent_id: str, agent_to: str | None) -> Unit[None]:
    if agent_to is not None:
        yield from require_present(hub, agent_to)
    presence, _, _ = yield from presence_of(agent_id)
    if presence in (Presence.AVAILABLE, Presence.FINISHING):
        yield from declare(agent_id, Presence.BREAK, hub.clock.now(), reason=WORK_MOVED, by=by)


def _move_one(
    hub: Hub, contact_id: str, agent_id: str, queue_id: str | None, agent_to: str | None
) -> Unit[None]:
    contact = yield from load_contact(contact_id)
    if contact.owner_agent_id != agent_id or contact.state != ContactState.ASSIGNED:
        raise Refused("contact_moved_on")
    yield from pass_on(
        hub, contact, hub.clock.now(), queue_id=queue_id, agent_to=agent_to,
        cause=QueueCause.REASSIGNED,
    )  # fmt: skip


async def _try(hub: Hub, unit: Callable[[], Unit[None]]) -> bool:
    try:
        await hub.journal.run(unit)
    except (Refused, Invalid):
        return False
    return True


async def _try_task(
    hub: Hub,
    viewer: Viewer,
    task_id: str,
    own_queue: str | None,
    queue_id: str | None,
    agent_to: str | None,
) -> bool:
    queue = None if agent_to else queue_id or own_queue
    try:
        await reassign_task(hub, viewer, task_id, owner_id=agent_to, queue_id=queue)
    except (Refused, Invalid):
        return False
    return True
