"""The outbox: acts on the outside world, stored with the change that asked for them.

pending -> claimed -> done | pending (again, later) | failed | unknown. The effect's id is the
idempotency key. A supervisor may send failed and unknown ones back to pending, or drop them. The
payload of a done or dropped one is deleted.
"""

from typing import NamedTuple

from sqlalchemy import Integer, bindparam, exists, func, insert, select, update

from hub.store.rows import table_of
from hub.store.tables import Effect
from hub.store.unit import Call, Prepared

_EFFECT = table_of(Effect)
_COLUMN = _EFFECT.c

_DETAILS = (
    _COLUMN.id,
    _COLUMN.kind,
    _COLUMN.subject,
    _COLUMN.payload_sealed,
    _COLUMN.attempts,
)


class DueEffect(NamedTuple):
    """An outside act to be done now."""

    id: str
    """Also the idempotency key for the provider."""
    kind: str
    subject: str
    payload_sealed: bytes
    attempts: int
    """Which try this is, counted from 1 while it is being acted on."""


EMIT = Prepared(insert(_EFFECT))

DUE = Prepared(
    select(*_DETAILS)
    .where(
        _COLUMN.state == "pending",
        _COLUMN.due_at <= bindparam("now"),
        _COLUMN.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(_COLUMN.due_at)
    .limit(bindparam("most", type_=Integer))
)
_BEFORE = _EFFECT.alias("before")
FIRST_OF_EACH = Prepared(
    # What came before it about the same subject is over: done, or given up.
    select(*_DETAILS)
    .where(
        _COLUMN.state == "pending",
        _COLUMN.due_at <= bindparam("now"),
        _COLUMN.kind.in_(bindparam("kinds", expanding=True)),
        ~exists().where(
            _BEFORE.c.subject == _COLUMN.subject,
            _BEFORE.c.state.in_(("pending", "claimed")),
            _BEFORE.c.kind == _COLUMN.kind,
            _BEFORE.c.id < _COLUMN.id,
        ),
    )
    .order_by(_COLUMN.due_at)
    .limit(bindparam("most", type_=Integer))
)
NEXT = Prepared(
    select(func.min(_COLUMN.due_at)).where(
        _COLUMN.state == "pending", _COLUMN.due_at > bindparam("now")
    )
)
CLAIM = Prepared(
    update(_EFFECT)
    .where(_COLUMN.id == bindparam("effect_id"), _COLUMN.state == "pending")
    .values(
        state="claimed",
        claimed_by=bindparam("claimed_by"),
        claimed_until=bindparam("claimed_until"),
        attempts=_COLUMN.attempts + 1,
    )
)
LEFT_BEHIND = Prepared(
    select(*_DETAILS)
    .where(_COLUMN.state == "claimed", _COLUMN.claimed_until <= bindparam("before"))
    .limit(bindparam("most", type_=Integer))
)
SETTLE = Prepared(
    # The number of tries is the fence: a node that woke up late records nothing.
    update(_EFFECT)
    .where(
        _COLUMN.id == bindparam("effect_id"),
        _COLUMN.state == "claimed",
        _COLUMN.attempts == bindparam("tried"),
    )
    .values(
        state=bindparam("state"),
        due_at=bindparam("due_at"),
        error_code=bindparam("error_code"),
        claimed_by=None,
        claimed_until=None,
    )
)
PUT_BACK = Prepared(
    # Nobody else can hold this number of tries: only who claimed it last counts it down again.
    update(_EFFECT)
    .where(
        _COLUMN.id == bindparam("effect_id"),
        _COLUMN.state == "claimed",
        _COLUMN.attempts == bindparam("tried"),
    )
    .values(
        state="pending",
        due_at=bindparam("due_at"),
        attempts=_COLUMN.attempts - 1,
        claimed_by=None,
        claimed_until=None,
    )
)
FINISH = Prepared(
    update(_EFFECT)
    .where(
        _COLUMN.id == bindparam("effect_id"),
        _COLUMN.state == "claimed",
        _COLUMN.attempts == bindparam("tried"),
    )
    .values(
        state="done",
        payload_sealed=None,
        error_code=None,
        done_at=bindparam("done_at"),
        claimed_by=None,
        claimed_until=None,
    )
)
_RETRY = Prepared(
    update(_EFFECT)
    .where(_COLUMN.id == bindparam("effect_id"), _COLUMN.state.in_(("failed", "unknown")))
    .values(state="pending", attempts=0, due_at=bindparam("due_at"), error_code=None)
)
_DROP = Prepared(
    update(_EFFECT)
    .where(_COLUMN.id == bindparam("effect_id"), _COLUMN.state.in_(("failed", "unknown")))
    .values(state="dropped", payload_sealed=None)
)


_HURRY = Prepared(
    update(_EFFECT)
    .where(_COLUMN.kind == bindparam("of_kind"), _COLUMN.state == "pending")
    .values(due_at=bindparam("due_at"))
)


def emit(
    *,
    effect_id: str,
    kind: str,
    subject: str,
    payload_sealed: bytes,
    created_at: float,
    due_at: float | None = None,
) -> Call:
    """Put an act into the outbox, to be done at once or at `due_at`."""
    return EMIT(
        id=effect_id,
        kind=kind,
        subject=subject,
        payload_sealed=payload_sealed,
        created_at=created_at,
        due_at=created_at if due_at is None else due_at,
    )


def retry_effect(effect_id: str, *, due_at: float) -> Call:
    """Send a failed or unknown effect back to pending; answers 0 when it was neither."""
    return _RETRY(effect_id=effect_id, due_at=due_at)


def drop_effect(effect_id: str) -> Call:
    """Give a failed or unknown effect up for good; answers 0 when it was neither."""
    return _DROP(effect_id=effect_id)


def hurry(kind: str, *, due_at: float) -> Call:
    """Make what waits of a kind due again: the system that it waits for is back."""
    return _HURRY(of_kind=kind, due_at=due_at)
