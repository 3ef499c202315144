"""Where a customer's Contact is, read from its rows: live pages and resumed ones agree."""

import math
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from hub.domain.states import ContactState
from hub.journey.context import Hub
from hub.journey.floor.hear import TALKING
from hub.journey.survey import survey_of_contact
from hub.store.rows import table_of
from hub.store.tables import Alternative, Contact, Conversation
from hub.store.unit import Prepared

ESTIMATE_STEP_SECONDS = 30.0

_contact, _conversation = table_of(Contact).c, table_of(Conversation).c
_alternative = table_of(Alternative).c
_place = Prepared(
    select(
        _conversation.open_contact_id, _conversation.last_contact_id,
        _conversation.seen_by_staff_seq, _contact.state, _contact.queue_id,
        _contact.owner_agent_id, _contact.parked_until, _alternative.step,
    )
    .outerjoin_from(
        table_of(Conversation), table_of(Contact), _contact.id == _conversation.open_contact_id
    )
    .outerjoin(table_of(Alternative), _alternative.id == _conversation.open_contact_id)
    .where(_conversation.id == bindparam("id"))
)  # fmt: skip
_BOT = (ContactState.ARRIVED, ContactState.IN_SELF_SERVICE)
_WAITING = (ContactState.QUEUED, ContactState.RESERVED)


class Place(NamedTuple):
    """A Conversation as its pages need it."""

    contact_id: str | None
    seen_by_staff_seq: int
    phase: dict[str, Any]


async def place_of_customer(hub: Hub, conversation_id: str) -> Place:
    """Read where the customer is: phase, and what belongs to it."""
    rows = await hub.reader.rows(_place(id=conversation_id))
    open_id, last_id, seen, *contact = rows[0]
    if open_id is not None:
        return Place(open_id, seen, _open_phase(hub, open_id, *contact))
    if last_id is not None:
        return Place(None, seen, await _closed_phase(hub, last_id))
    return Place(None, seen, {"phase": "new"})


def _open_phase(
    hub: Hub,
    contact_id: str,
    state: str,
    queue_id: str,
    agent_id: str | None,
    parked_until: float | None,
    step: str | None,
) -> dict[str, Any]:
    if state in _BOT:
        return {"phase": "bot"}
    if state == ContactState.ASSIGNED:
        return {"phase": "agent", "agent": hub.staff.name_of(agent_id)}
    if state == ContactState.PARKED and step in TALKING:
        return {"phase": "bot"}
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
