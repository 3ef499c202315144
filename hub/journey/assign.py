"""Giving a Contact an owner and taking it away: used by accept, transfer, take-over, close."""

from sqlalchemy import bindparam, update

from hub.domain.events import ContactAssigned, ContactUnassigned
from hub.domain.states import ContactState, WrapUpState
from hub.journey.calls.connect import seat, unseat
from hub.journey.contact_row import ContactRow, move
from hub.journey.context import Hub
from hub.journey.messages import event_draft, named, store_message
from hub.journey.participants import drop_participant
from hub.journey.silence import watch_silence
from hub.journey.waiting import TimerKind, arm
from hub.store.rows import change, find, put, table_of
from hub.store.tables import Assignment, Conversation
from hub.store.unit import Append, Prepared, Unit

_v = table_of(Conversation).c
_join = Prepared(
    update(table_of(Conversation))
    .where(_v.id == bindparam("of"))
    .values(last_seq=_v.last_seq + 1, last_agent_id=bindparam("agent"))
    .returning(_v.last_seq)
)
"""Who serves the Conversation now, and the number of the line that says so."""


def assign(
    hub: Hub, contact: ContactRow, agent_id: str, at: float, *, cause: str, queue_id: str | None
) -> Unit[str]:
    """Make the agent the one owner of a held Contact; returns the Assignment's id."""
    assignment_id = hub.new_id("asg")
    yield from move(
        contact,
        ContactState.ASSIGNED,
        at,
        owner_agent_id=agent_id,
        assigned_at=at,
        first_assigned_at=contact.first_assigned_at or at,
        queue_id=queue_id,
        target_agent_id=None,
        transferred_by=None,
    )
    yield from drop_participant(contact, agent_id, at)
    yield put(
        Assignment,
        id=assignment_id,
        contact_id=contact.id,
        conversation_id=contact.conversation_id,
        agent_id=agent_id,
        channel=contact.channel,
        queue_id=queue_id,
        cause=cause,
        started_at=at,
    )
    name = hub.staff.name_of(agent_id) or {}
    draft = event_draft(hub, "agent_joined", named(name))
    rows = yield _join(of=contact.conversation_id, agent=agent_id)
    yield from store_message(hub, contact.conversation_id, contact.id, draft, rows[0][0], at)
    yield from watch_silence(hub, contact, at)
    since = contact.queued_at if contact.queued_at is not None else contact.arrived_at
    yield Append(
        ContactAssigned(
            at=at,
            contact_id=contact.id,
            conversation_id=contact.conversation_id,
            agent_id=agent_id,
            assignment_id=assignment_id,
            queue_id=queue_id,
            channel=contact.channel,
            waited_seconds=at - since,
            cause=cause,
        )
    )
    yield from seat(hub, contact, agent_id, at)
    return assignment_id


def unassign(
    hub: Hub, contact: ContactRow, at: float, *, cause: str, wrap_up: bool = True
) -> Unit[float | None]:
    """End the owner's Assignment; returns its start, or None when nobody owned the Contact."""
    rows = yield find(
        Assignment, "id", "agent_id", "queue_id", "started_at", "ended_at", lock=True,
        contact_id=contact.id,
    )  # fmt: skip
    live = next((row for row in rows if row[4] is None), None)
    if live is None:
        return None
    assignment_id, agent_id, queue_id, started_at, _ = live
    until = at + wrap_up_seconds(hub, queue_id) if wrap_up else None
    yield change(
        Assignment,
        assignment_id,
        ended_at=at,
        end_cause=cause,
        wrap_up=(WrapUpState.OPEN if wrap_up else WrapUpState.NONE).value,
        wrap_up_until=until,
    )
    if until is not None:
        yield arm(TimerKind.WRAP_UP, assignment_id, until)
    yield Append(
        ContactUnassigned(
            at=at,
            contact_id=contact.id,
            conversation_id=contact.conversation_id,
            agent_id=agent_id,
            assignment_id=assignment_id,
            channel=contact.channel,
            cause=cause,
            wrap_up_until=until,
        )
    )
    yield from unseat(hub, contact, agent_id, at)
    return float(started_at)


def wrap_up_seconds(hub: Hub, queue_id: str | None) -> float:
    """The promise for wrap-up in a queue; a minute where none is set."""
    queue = hub.setup.queues.get(queue_id or "")
    return queue.wrap_up_seconds if queue else 60.0
