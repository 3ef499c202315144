"""Merge and link: two Conversations of one Customer become one matter.

Nothing that was said is moved or copied. A merge shows the other talk's Messages in this one, lays
its Contact aside, and lets what its Address says next go on here; so taking it back is exact.
"""

import json

from hub.domain.errors import Refused
from hub.domain.states import ContactState
from hub.domain.written import MERGED as WAITS_MERGED
from hub.journey.contact_row import load_contact
from hub.journey.context import Hub, Viewer
from hub.journey.joined.row import (
    LINKED,
    MERGED,
    UNDO_SECONDS,
    Other,
    load_other,
    load_written,
    require_one_customer,
    write_down,
)
from hub.journey.waiting import TimerKind, arm, disarm
from hub.journey.written.aside import lay_aside
from hub.journey.written.deeds import as_it_is, free
from hub.journey.written.lists import scope_of
from hub.journey.written.take import require_in_scope
from hub.journey.written.targets import hold_target
from hub.store.rows import change
from hub.store.tables import Contact, Conversation
from hub.store.unit import Unit

_MOVABLE = (
    ContactState.QUEUED, ContactState.RESERVED, ContactState.ASSIGNED, ContactState.PARKED,
)  # fmt: skip


async def merge(hub: Hub, viewer: Viewer, *, contact_id: str, conversation_id: str) -> str:
    """Take another Conversation of the same Customer and channel into an own Contact.

    Returns the join's id. Its open Contact must be the viewer's or nobody's, in their lists.
    Raises `Refused` with `other_channel`, `same_talk`, `joined_already`, `contact_moved_on`.
    """
    return await hub.journal.run(lambda: _merge(hub, viewer, contact_id, conversation_id))


def _merge(hub: Hub, viewer: Viewer, contact_id: str, conversation_id: str) -> Unit[str]:
    contact = yield from load_written(hub, viewer.user_id, contact_id)
    other = yield from load_other(conversation_id)
    require_one_customer(contact, other)
    if other.channel != contact.channel:
        raise Refused("other_channel", "link them: answers go by the channel that was used")
    if other.goes_on_in is not None:
        raise Refused("joined_already", "it was merged before")
    before = (yield from _lay_aside(hub, viewer, other)) if other.is_open else {}
    yield change(Conversation, other.id, goes_on_in=contact.conversation_id)
    return (
        yield from write_down(
            hub, viewer.user_id,
            {
                "kind": MERGED, "source_id": other.id, "target_id": contact.conversation_id,
                "source_contact_id": other.contact_id, "target_contact_id": contact.id,
                "from_seq": other.first_seq, "to_seq": other.last_seq,
                "before": json.dumps(before),
            },
        )
    )  # fmt: skip


def _lay_aside(hub: Hub, viewer: Viewer, other: Other) -> Unit[dict[str, object]]:
    """Take the other Contact out of the work until nobody can take the merge back any more."""
    source = yield from load_contact(other.contact_id)
    require_in_scope(hub, scope_of(hub, viewer), source)
    if source.state not in _MOVABLE or source.owner_agent_id not in (None, viewer.user_id):
        raise Refused("contact_moved_on", "somebody has it, or it is with self-service")
    at = hub.clock.now()
    before = as_it_is(source)
    source = yield from free(hub, source, at)
    for kind in (TimerKind.OPENING, TimerKind.ASIDE, TimerKind.SILENCE, TimerKind.SILENCE_CLOSE):
        yield disarm(kind, source.id)
    yield from hold_target(hub, source.id, source.queue_id, source.answer_due_at)
    if source.state == ContactState.PARKED:
        yield change(Contact, source.id, waits_for=WAITS_MERGED, parked_until=at + UNDO_SECONDS)
        yield arm(TimerKind.ASIDE, source.id, at + UNDO_SECONDS)
    else:
        yield from lay_aside(
            hub, source, at, due_at=at + UNDO_SECONDS, waits_for=WAITS_MERGED,
            agent_id=source.preferred_agent_id,
        )  # fmt: skip
    return before


async def link(hub: Hub, viewer: Viewer, *, contact_id: str, conversation_id: str) -> str:
    """Name another Conversation of the same Customer in an own Contact, and the other way round."""
    return await hub.journal.run(lambda: _link(hub, viewer, contact_id, conversation_id))


def _link(hub: Hub, viewer: Viewer, contact_id: str, conversation_id: str) -> Unit[str]:
    contact = yield from load_written(hub, viewer.user_id, contact_id)
    other = yield from load_other(conversation_id)
    require_one_customer(contact, other)
    return (
        yield from write_down(
            hub, viewer.user_id,
            {
                "kind": LINKED, "source_id": other.id, "target_id": contact.conversation_id,
                "source_contact_id": other.contact_id, "target_contact_id": contact.id,
                "from_seq": other.first_seq, "to_seq": other.last_seq,
            },
        )
    )  # fmt: skip
