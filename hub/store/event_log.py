"""Statements that read the log."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, bindparam, literal_column, select, tuple_

from hub.domain.codec import decode
from hub.domain.events import Logged
from hub.store.rows import table_of
from hub.store.tables import EventRow
from hub.store.unit import Prepared

_EVENT = table_of(EventRow).c
_ORDER = (_EVENT.transaction_id, _EVENT.seq)
_POSITION = tuple_(
    bindparam("transaction_id", type_=BigInteger), bindparam("seq", type_=BigInteger)
)

_IN_ORDER = select(*_ORDER, _EVENT.kind, _EVENT.body).order_by(*_ORDER)

_OF_KINDS = _EVENT.kind.in_(bindparam("kinds", expanding=True))

# Whoever reads below the oldest running transaction sees all of what it passes: later commits
# have higher transaction ids. See README.md.
SETTLED: ColumnElement[bool] = literal_column(
    "transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
)

OF_CONTACT = Prepared(
    # Written out, not bound: only so does SQLite see that its partial index answers this.
    _IN_ORDER.where(
        _EVENT.contact_id == bindparam("contact_id"), literal_column("kind <> 'MessageAdded'")
    )
)

# SQLite has one writer and one transaction id, so its sequence alone is the order.
SQLITE_AFTER = Prepared(
    select(*_ORDER, _EVENT.kind, _EVENT.body)
    .where(_EVENT.seq > bindparam("seq"))
    .order_by(_EVENT.seq)
    .limit(bindparam("most", type_=Integer))
)
SQLITE_OF_KINDS = Prepared(
    select(*_ORDER, _EVENT.kind, _EVENT.body)
    .where(_EVENT.seq > bindparam("seq"), _OF_KINDS)
    .order_by(_EVENT.seq)
    .limit(bindparam("most", type_=Integer))
)
SQLITE_HEAD = Prepared(select(*_ORDER).order_by(_EVENT.seq.desc()).limit(1))

_AFTER = _IN_ORDER.where(tuple_(*_ORDER) > _POSITION, SETTLED)
POSTGRES_AFTER = Prepared(_AFTER.limit(bindparam("most", type_=Integer)))
POSTGRES_OF_KINDS = Prepared(_AFTER.where(_OF_KINDS).limit(bindparam("most", type_=Integer)))
_NEWEST = select(*_ORDER).order_by(_EVENT.transaction_id.desc(), _EVENT.seq.desc()).limit(1)
POSTGRES_NEWEST = Prepared(_NEWEST)
POSTGRES_HEAD = Prepared(_NEWEST.where(SETTLED))


def logged(rows: Iterable[tuple[Any, ...]]) -> list[Logged]:
    """Build events from rows of (transaction_id, seq, kind, body)."""
    return [
        Logged(position=(transaction, seq), event=decode(kind, body))
        for transaction, seq, kind, body in rows
    ]
