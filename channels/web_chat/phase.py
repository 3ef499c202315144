"""Where a customer's Contact is, read from its rows: live pages and resumed ones agree."""

import math
from typing import Any, NamedTuple

from hub.domain.states import ContactState
from hub.journey.context import Hub
from hub.journey.survey import survey_of_contact
from hub.store.rows import find
from hub.store.tables import Contact, Conversation

ESTIMATE_STEP_SECONDS = 30.0

_BOT = (ContactState.ARRIVED, ContactState.IN_SELF_SERVICE)
_WAITING = (ContactState.QUEUED, ContactState.RESERVED)


class Place(NamedTuple):
    """A Conversation as its pages need it."""

    contact_id: str | None
    seen_by_staff_seq: int
    phase: dict[str, Any]


async def place_of_customer(hub: Hub, conversation_id: str) -> Place:
    """Read where the customer is: phase, and what belongs to it."""
    columns = ("open_contact_id", "last_contact_id", "seen_by_staff_seq")
    rows = await hub.reader.rows(find(Conversation, *columns, id=conversation_id))
    open_id, last_id, seen = rows[0]
    if open_id is not None:
        return Place(open_id, seen, await _open_phase(hub, open_id))
    if last_id is not None:
        return Place(None, seen, await _closed_phase(hub, last_id))
    return Place(None, seen, {"phase": "new"})


async def _open_phase(hub: Hub, contact_id: str) -> dict[str, Any]:
    columns = ("state", "queue_id", "owner_agent_id", "parked_until")
    rows = await hub.reader.rows(find(Contact, *columns, id=contact_id))
    state, queue_id, agent_id, parked_until = rows[0]
    if state in _BOT:
        return {"phase": "bot"}
    if state == ContactState.ASSIGNED:
        return {"phase": "agent", "agent": hub.staff.name_of(agent_id)}
    if state == ContactState.PARKED:
        return {"phase": "outside_hours", "opens_at": parked_until}
    if state in _WAITING:
        queue = hub.setup.queues.get(queue_id)
        return {
            "phase": "queue",
            "queue": None if queue is None else dict(queue.names),
            **place_in_line(hub, contact_id),
        }
    return {"phase": "closed"}


def place_in_line(hub: Hub, contact_id: str) -> dict[str, Any]:
    """Position (1 = next) and expected wait, in steps that do not flicker."""
    found = hub.line.position_of(contact_id)
    if found is None:
        return {"position": None, "estimate_seconds": None}
    seconds = found.estimate_seconds
    if seconds is not None:
        seconds = math.ceil(seconds / ESTIMATE_STEP_SECONDS) * ESTIMATE_STEP_SECONDS
    return {"position": found.position, "estimate_seconds": seconds}


async def _closed_phase(hub: Hub, contact_id: str) -> dict[str, Any]:
    survey = await survey_of_contact(hub, contact_id)
    is_due = survey is not None and survey.answered_at is None
    if survey is not None and is_due and hub.clock.now() < survey.expires_at:
        return {"phase": "rate", "survey": survey.id, "agent": hub.staff.name_of(survey.agent_id)}
    return {"phase": "closed"}
