"""What is done to one Contact of many, and how exactly that is taken back."""

from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, select

from hub.domain.errors import Invalid, Refused
from hub.domain.routing import Requirement
from hub.domain.states import ContactState, QueueCause, Speaker
from hub.journey.assign import assign, unassign
from hub.journey.audited import audited
from hub.journey.close import NO_ANSWER_NEEDED, end_contact
from hub.journey.contact_row import ContactRow, load_contact
from hub.journey.context import Hub
from hub.journey.enqueue import to_queue
from hub.journey.finishing import finish_if_free
from hub.journey.load import require_room
from hub.journey.participants import drop_all
from hub.journey.reserve import pending_of_contact, rescind
from hub.journey.returning import needs_beside_language
from hub.journey.transfer import require_present
from hub.journey.waiting import TimerKind, disarm
from hub.journey.wrap_up import finish_as
from hub.journey.written.aside import is_on_shift, lay_aside, out_of_wait, queue_of, without_wait
from hub.journey.written.take import take_held
from hub.store.rows import change, find, put, remove, table_of
from hub.store.tables import Contact, ContactTag, Conversation, Message
from hub.store.unit import Prepared, Unit

_KEPT: Final = (
    "state", "queue_id", "owner_agent_id", "preferred_agent_id", "target_agent_id", "queued_at",
    "parked_until", "waits_for", "answer_due_at", "answer_left_seconds", "priority",
)  # fmt: skip
_MOVABLE: Final = (
    ContactState.QUEUED, ContactState.RESERVED, ContactState.ASSIGNED, ContactState.PARKED,
)  # fmt: skip
_m = table_of(Message).c
_HEARD: Final = Prepared(
    select(func.max(_m.seq)).where(
        _m.conversation_id == bindparam("of"), _m.speaker == Speaker.CUSTOMER.value
    )
)
_SAID: Final = Prepared(
    select(_m.seq)
    .where(_m.conversation_id == bindparam("of"), _m.seq > bindparam("seq"))
    .where(_m.speaker == Speaker.AGENT.value)
    .limit(1)
)
"""An agent's words since."""


class Goal(NamedTuple):
    """Who gets them, and who says so."""

    by: str
    agent_id: str | None
    queue_id: str | None


# -- tags ------------------------------------------------------------------------------------------


def tag(
    by: str, add: tuple[str, ...], remove_: tuple[str, ...], contact: ContactRow, at: float
) -> Unit[dict[str, Any] | None]:
    """Put on what is missing, take off what is there; what really changed comes back."""
    rows = yield find(ContactTag, "tag", contact_id=contact.id)
    present = {row[0] for row in rows}
    added = [one for one in add if one not in present]
    removed = [one for one in remove_ if one in present]
    yield from _retag(contact.id, by, at, added=added, removed=removed)
    return {"added": added, "removed": removed} if added or removed else None


def _retag(
    contact_id: str, by: str, at: float, *, added: list[str], removed: list[str]
) -> Unit[None]:
    for one in removed:
        yield remove(ContactTag, contact_id=contact_id, tag=one)
    for one in added:
        yield from put_tag(contact_id, one, by=by, at=at)


def put_tag(contact_id: str, tag: str, *, by: str, at: float) -> Unit[bool]:
    """Put a tag on a Contact; False when it is there already."""
    if (yield find(ContactTag, "by", contact_id=contact_id, tag=tag)):
        return False
    yield put(ContactTag, contact_id=contact_id, tag=tag, by=by, at=at)
    return True


# -- owners ----------------------------------------------------------------------------------------


def give(hub: Hub, goal: Goal, contact: ContactRow, at: float) -> Unit[dict[str, Any] | None]:
    """Give a held Contact away; to oneself it goes at once, to a colleague as an Offer."""
    if contact.state not in _MOVABLE:
        raise Refused("contact_moved_on", "it is with self-service, or over")
    if goal.agent_id is not None and contact.owner_agent_id == goal.agent_id:
        return None
    if goal.queue_id is not None and goal.queue_id not in hub.setup.queues:
        raise Invalid("no_queue", "there is no such queue")
    before = as_it_is(contact)
    if goal.agent_id == goal.by:
        yield from require_present(hub, goal.by)
        yield from require_room(hub, goal.by, contact.channel)
        contact = yield from free(hub, contact, at)
        yield from take_held(hub, contact, goal.by, at)
    else:
        yield from _hand_on(hub, goal, contact, at)
    before["seq"] = (yield find(Conversation, "last_seq", id=contact.conversation_id))[0][0]
    return before


def as_it_is(contact: ContactRow) -> dict[str, Any]:
    """What must be kept of a held Contact so that `restore` can bring it back."""
    before: dict[str, Any] = {name: getattr(contact, name) for name in _KEPT}
    if contact.state == ContactState.RESERVED:
        before["state"] = ContactState.QUEUED.value
    needs = [[one.skill, one.level] for one in contact.needs]
    return before | {"tried": contact.tried, "needs": needs}


def _hand_on(hub: Hub, goal: Goal, contact: ContactRow, at: float) -> Unit[None]:
    if goal.agent_id is not None:
        yield from require_present(hub, goal.agent_id)
    queue_id = goal.queue_id or queue_of(hub, contact)
    waited = contact.waits_for is not None
    needs = needs_beside_language(contact)
    contact = yield from free(hub, contact, at)
    if contact.state == ContactState.PARKED:
        yield disarm(TimerKind.ASIDE, contact.id)
        yield disarm(TimerKind.OPENING, contact.id)
    moved = queue_id != contact.queue_id
    placed = without_wait(contact, at) if waited else contact
    yield from to_queue(
        hub, placed._replace(queued_at=placed.queued_at or at), queue_id=queue_id,
        cause=QueueCause.REASSIGNED, at=at, more=() if moved else needs,
        target_agent_id=goal.agent_id,
        learned=out_of_wait(hub, contact, queue_id) if waited else {},
    )  # fmt: skip


def free(hub: Hub, contact: ContactRow, at: float) -> Unit[ContactRow]:
    """Take a held Contact out of the hands, or off the screen, of whoever has it."""
    reservation = yield from pending_of_contact(contact.id)
    if reservation is not None:
        yield from rescind(hub, reservation, contact, at, "reassigned")
        contact = contact._replace(state=ContactState.QUEUED.value)
    if contact.owner_agent_id is None:
        return contact
    yield from unassign(hub, contact, at, cause="reassigned", wrap_up=False)
    yield from drop_all(contact, at)
    yield from finish_if_free(hub, contact.owner_agent_id, at)
    return contact


# -- taking back -----------------------------------------------------------------------------------


def take_back(hub: Hub, by: str, kind: str, before: dict[str, Any]) -> Unit[None]:
    """Bring back what one Contact had before; refused where it has moved on since."""
    at = hub.clock.now()
    if kind == "tag":
        added, removed = before["added"], before["removed"]
        yield from _retag(before["id"], by, at, added=removed, removed=added)
        return
    contact = yield from load_contact(before["id"])
    yield from _require_unmoved(contact, before, by)
    yield from restore(hub, contact, before, at)


def _require_unmoved(contact: ContactRow, before: dict[str, Any], by: str) -> Unit[None]:
    """An Offer of it may have come and gone; an owner other than who undoes may not."""
    if contact.state == ContactState.CLOSED:
        raise Refused("contact_over", "it was closed since")
    owner = contact.owner_agent_id
    if owner is not None and owner != by:
        raise Refused("contact_moved_on", "somebody has taken it since")
    said = yield _SAID(of=contact.conversation_id, seq=before["seq"])
    if contact.waits_for is not None or said:
        raise Refused("contact_moved_on", "somebody has worked on it since")


def restore(hub: Hub, contact: ContactRow, before: dict[str, Any], at: float) -> Unit[None]:
    """Make a held Contact what `as_it_is` said."""
    contact = yield from free(hub, contact, at)
    state = before["state"]
    columns = {name: before[name] for name in ("answer_due_at", "answer_left_seconds")}
    if state == ContactState.ASSIGNED and (yield from is_on_shift(before["owner_agent_id"])):
        yield from assign(
            hub, contact, before["owner_agent_id"], at, cause="undone",
            queue_id=before["queue_id"],
        )  # fmt: skip
        yield change(Contact, contact.id, **columns)
        return
    if before["waits_for"] is not None:
        yield change(Contact, contact.id, queue_id=before["queue_id"])
        yield from lay_aside(
            hub, contact, at, due_at=max(before["parked_until"], at),
            waits_for=before["waits_for"], agent_id=before["preferred_agent_id"],
        )  # fmt: skip
        yield change(Contact, contact.id, queued_at=before["queued_at"], **columns)
        return
    yield from to_queue(
        hub, contact._replace(queued_at=before["queued_at"]), queue_id=before["queue_id"],
        cause=QueueCause.REASSIGNED, at=at,
        more=tuple(Requirement(s, n) for s, n in before["needs"] if not s.startswith("lang:")),
        preferred_agent_id=before["preferred_agent_id"] or before["owner_agent_id"],
        target_agent_id=before["target_agent_id"], tried=tuple(before["tried"]), learned=columns,
        raised=before["priority"] - _own_priority(hub, before["queue_id"]),
    )  # fmt: skip


def _own_priority(hub: Hub, queue_id: str) -> int:
    return next((q.priority for q in hub.setup.policy.queues if q.queue_id == queue_id), 0)


# -- closing ---------------------------------------------------------------------------------------


def plan_close(
    hub: Hub, outcome: str, contact: ContactRow, _at: float
) -> Unit[dict[str, Any] | None]:
    """Say whether it could be closed so; nothing happens yet."""
    if contact.state not in _MOVABLE:
        raise Refused("contact_moved_on", "it is with self-service, or over")
    queue = hub.setup.queues.get(queue_of(hub, contact))
    if queue is None or outcome not in queue.dispositions:
        raise Invalid("no_disposition", "the queue does not have this outcome")
    return {"last_seq": (yield from _heard(contact))}


def close_one(hub: Hub, by: str, outcome: str, before: dict[str, Any]) -> Unit[None]:
    """Close a Contact for who asked; refused when the customer has written since."""
    contact = yield from load_contact(before["id"])
    if contact.state not in _MOVABLE:
        raise Refused("contact_moved_on", "it is over, or with self-service")
    if (yield from _heard(contact)) != before["last_seq"]:
        raise Refused("customer_wrote", "the customer has written since")
    at = hub.clock.now()
    if contact.owner_agent_id != by:
        contact = yield from free(hub, contact, at)
        if contact.owner_agent_id is not None:
            yield change(Contact, contact.id, owner_agent_id=None)
        queue_id = queue_of(hub, contact)
        yield from assign(hub, contact, by, at, cause="closed_together", queue_id=queue_id)
        contact = yield from load_contact(contact.id)
    yield from end_contact(hub, contact, at, by=by, reason=NO_ANSWER_NEEDED)
    yield from finish_as(hub, by, contact.id, outcome)
    yield from audited(hub, by, "closed_together", contact.id, details={"outcome": outcome})


def _heard(contact: ContactRow) -> Unit[int]:
    """The number of the customer's newest words."""
    rows = yield _HEARD(of=contact.conversation_id)
    return int(rows[0][0] or 0)
