"""Timers: every waiting state has a row with a due time, so it survives restarts.

There is at most one timer of a kind for a subject. The unit that acts on a timer deletes it in
the same transaction (`take_timer`) and does nothing when it was gone: so firing twice is harmless.
"""

import math
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, delete, func, or_, select, update

from hub.store.rows import table_of
from hub.store.tables import Timer
from hub.store.unit import Call, Prepared
from hub.store.upsert import upsert

_TIMER = table_of(Timer)
_COLUMN = _TIMER.c

_new = upsert(_TIMER)
SET = Prepared(
    _new.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={
            "due_at": _new.excluded.due_at,
            "payload": _new.excluded.payload,
            "attempts": 0,
            "held_until": None,
        },
    )
)
_OF_SUBJECT = (_COLUMN.kind == bindparam("kind"), _COLUMN.subject == bindparam("subject"))
_TAKE = Prepared(delete(_TIMER).where(*_OF_SUBJECT, _COLUMN.due_at <= bindparam("due_at")))

_FREE = or_(_COLUMN.held_until.is_(None), _COLUMN.held_until <= bindparam("now"))
DUE = Prepared(
    select(_COLUMN.kind, _COLUMN.subject, _COLUMN.due_at, _COLUMN.payload, _COLUMN.attempts)
    .where(
        _COLUMN.due_at <= bindparam("now"),
        _FREE,
        # Not the bare column: SQLite would then read all timers of these kinds and sort them,
        # where the few that are due stand first in the index of due times.
        (_COLUMN.kind + "").in_(bindparam("kinds", expanding=True)),
    )
    .order_by(_COLUMN.due_at)
    .limit(bindparam("most", type_=Integer))
)
NEXT = Prepared(select(func.min(_COLUMN.due_at)).where(_COLUMN.due_at > bindparam("now")))
HOLD = Prepared(
    update(_TIMER)
    .where(*_OF_SUBJECT, _COLUMN.due_at == bindparam("was_due_at"), _FREE)
    .values(held_until=bindparam("held_until"), attempts=bindparam("tried"))
)


class DueTimer(NamedTuple):
    """A timer whose time has come."""

    kind: str
    subject: str
    due_at: float
    payload: str
    attempts: int
    """How often its handler has failed already."""


def set_timer(kind: str, subject: str, due_at: float, payload: str = "{}") -> Call:
    """Set the timer, or move it; `due_at` is UTC epoch seconds, `payload` JSON."""
    return SET(id=f"{kind}:{subject}", kind=kind, subject=subject, due_at=due_at, payload=payload)


def cancel_timer(kind: str, subject: str) -> Call:
    """Remove the timer if there is one; answers 0 or 1."""
    return _TAKE(kind=kind, subject=subject, due_at=math.inf)


def take_timer(kind: str, subject: str, due_at: float = math.inf) -> Call:
    """Remove a timer that fired; answers 0 when somebody else acted on it.

    Give the `due_at` that fired, else a timer moved to a later time is taken too early.
    """
    return _TAKE(kind=kind, subject=subject, due_at=due_at)
