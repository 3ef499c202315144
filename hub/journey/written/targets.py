"""By when an answer is due: business hours of the Queue, standing still while we wait."""

from sqlalchemy import bindparam, update

from hub.journey.context import Hub, SetUp
from hub.store.rows import change, table_of
from hub.store.tables import Contact
from hub.store.unit import Prepared, Unit

CHANGES_MOST = 200
"""A look ahead of so many openings and closings; beyond it nothing is promised."""

_c = table_of(Contact).c
answered = Prepared(
    update(table_of(Contact))
    .where(_c.id == bindparam("of"), _c.answer_due_at.is_not(None))
    .values(answer_due_at=None)
)
"""An agent has written: nothing is due until the customer writes again."""
_begin = Prepared(
    update(table_of(Contact))
    .where(_c.id == bindparam("of"), _c.answer_due_at.is_(None))
    .values(answer_due_at=bindparam("due_at"))
)


def due_after(set_up: SetUp, queue_id: str, now: float, seconds: float) -> float | None:
    """Return when so many seconds of the queue's business hours are over; None: not to be said."""
    left, at = seconds, now
    for _ in range(CHANGES_MOST):
        if not set_up.is_open(queue_id, at):
            opens_at = set_up.next_opening(queue_id, at)
            if opens_at is None:
                return None
            at = opens_at
        closes_at = set_up.next_change(queue_id, at)
        if closes_at is None or closes_at <= at or closes_at - at >= left:
            return at + left
        left -= closes_at - at
        at = closes_at
    return None


def open_seconds(set_up: SetUp, queue_id: str, since: float, until: float) -> float:
    """Return how much of the queue's business hours lies between two moments; never below 0."""
    total, at = 0.0, since
    for _ in range(CHANGES_MOST):
        if at >= until:
            break
        if not set_up.is_open(queue_id, at):
            opens_at = set_up.next_opening(queue_id, at)
            if opens_at is None:
                break
            at = opens_at
            continue
        closes_at = set_up.next_change(queue_id, at)
        ends = until if closes_at is None or closes_at <= at else min(closes_at, until)
        total += max(0.0, ends - at)
        at = ends
    return total


def answer_due(hub: Hub, queue_id: str, at: float) -> float | None:
    """When the answer to a letter that joins this Queue now is due."""
    return due_after(hub.setup, queue_id, at, hub.letters.of(queue_id).answer_seconds)


def begin_target(hub: Hub, contact_id: str, queue_id: str | None, at: float) -> Unit[None]:
    """The customer wrote to an agent who had answered all: the next answer has its own time."""
    if queue_id is not None:
        yield _begin(of=contact_id, due_at=answer_due(hub, queue_id, at))


def hold_target(
    hub: Hub, contact_id: str, queue_id: str | None, due_at: float | None
) -> Unit[None]:
    """Let the time stand still; what was left of it comes back with `resume_target`."""
    left = None
    if due_at is not None and queue_id is not None:
        left = open_seconds(hub.setup, queue_id, hub.clock.now(), due_at)
    yield change(Contact, contact_id, answer_due_at=None, answer_left_seconds=left)


def resumed_target(hub: Hub, queue_id: str, left_seconds: float | None) -> float | None:
    """When the answer is due after a wait: what was left, or a whole new time."""
    at = hub.clock.now()
    if left_seconds is None:
        return answer_due(hub, queue_id, at)
    return due_after(hub.setup, queue_id, at, left_seconds)
