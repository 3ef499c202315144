"""Misses of two records that become one: a merge never lets anybody guess again.

The other record's row lies unread under the shell until the undo.
"""

from typing import Any

from sqlalchemy import bindparam, update

from hub.store.rows import find, put, remove, table_of
from hub.store.tables import ProofLock
from hub.store.unit import Prepared, Unit

_COLUMNS = ("misses", "first_missed_at", "locked_until")
_write = Prepared(
    update(table_of(ProofLock))
    .where(table_of(ProofLock).c.customer_id == bindparam("of"))
    .values({name: bindparam(name) for name in _COLUMNS})
)


def join_locks(kept_id: str, merged_id: str) -> Unit[list[Any]]:
    """Count the misses of both for the kept record; returns [its row before, its row now]."""
    mine, other = (yield from _row(kept_id)), (yield from _row(merged_id))
    if other is None:
        return []
    now = other if mine is None else _stricter(mine, other)
    yield from _put(kept_id, mine, now)
    return [mine, now]


def part_locks(kept_id: str, locks: list[Any]) -> Unit[None]:
    """Give the kept record its own count back, unless somebody has guessed or released since."""
    if not locks:
        return
    mine, joined = locks
    now = yield from _row(kept_id)
    if now != joined:
        return
    if mine is None:
        yield remove(ProofLock, customer_id=kept_id)
    else:
        yield from _put(kept_id, now, mine)


def _stricter(mine: list[Any], other: list[Any]) -> list[Any]:
    ends = [row[2] for row in (mine, other) if row[2] is not None]
    return [mine[0] + other[0], max(mine[1], other[1]), max(ends, default=None)]


def _put(customer_id: str, was: list[Any] | None, row: list[Any]) -> Unit[None]:
    values = dict(zip(_COLUMNS, row, strict=True))
    if was is None:
        yield put(ProofLock, customer_id=customer_id, **values)
    else:
        yield _write(of=customer_id, **values)


def _row(customer_id: str) -> Unit[list[Any] | None]:
    rows = yield find(ProofLock, *_COLUMNS, lock=True, customer_id=customer_id)
    return list(rows[0]) if rows else None
