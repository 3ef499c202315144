"""Finding a place in the log by time."""

from sqlalchemy import bindparam, select

from hub.journey.context import Hub
from hub.store.reader import Position
from hub.store.rows import table_of
from hub.store.tables import EventRow
from hub.store.unit import Prepared

_e = table_of(EventRow).c
_ORDER = (_e.transaction_id, _e.seq)
_NTH = Prepared(
    select(*_ORDER, _e.at).where(_e.seq >= bindparam("from_seq")).order_by(_e.seq).limit(1)
)
_ENDS = Prepared(select(_e.seq).order_by(_e.seq.desc()).limit(1))

CLOCK_SLACK_SECONDS = 3600.0
"""Nodes' clocks differ a little, and one commit's events carry earlier times than the next's."""


async def log_position_at(hub: Hub, at: float) -> Position:
    """Return a position before the first event of that time, by halving; (0, 0) for all."""
    rows = await hub.reader.rows(_ENDS())
    low, high = 0, rows[0][0] if rows else 0
    wanted, found = at - CLOCK_SLACK_SECONDS, (0, 0)
    while low < high:
        middle = (low + high + 1) // 2
        rows = await hub.reader.rows(_NTH(from_seq=middle))
        if rows and rows[0][2] < wanted:
            low, found = max(middle, rows[0][1]), (rows[0][0], rows[0][1])
        else:
            high = middle - 1
    return found
