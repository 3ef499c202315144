"""Which nodes are alive: each says so in the database, and who is silent for ten seconds is gone.

The database's clock decides, so nodes may disagree about the time. For PostgreSQL: an SQLite file
has one process.
"""

from typing import Final

from sqlalchemy import Float, bindparam, cast, delete, extract, func, select

from hub.store.journal import Journal
from hub.store.rows import table_of
from hub.store.tables import NodeSeen
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

BEAT_SECONDS: Final = 2.0
GONE_SECONDS: Final = 10.0
_n = table_of(NodeSeen).c
_NOW = cast(extract("epoch", func.clock_timestamp()), Float)
_new = upsert(table_of(NodeSeen)).values(node=bindparam("of"), seen_at=_NOW)
_beat = Prepared(
    _new.on_conflict_do_update(index_elements=["node"], set_={"seen_at": _new.excluded.seen_at})
)
_all = Prepared(select(_n.node, (_n.seen_at < _NOW - GONE_SECONDS).label("gone")))
_forget = Prepared(
    delete(table_of(NodeSeen)).where(_n.node == bindparam("of"), _n.seen_at < _NOW - GONE_SECONDS)
)


class NodeBeat:
    """This node's sign of life, and what it knows of the others."""

    def __init__(self, journal: Journal, node: str) -> None:
        self._journal, self._node = journal, node

    async def beat(self) -> list[str]:
        """Say that this node lives; returns the others that do not any more."""
        return [node for node, gone in await self._journal.run(self._look) if gone]

    async def living(self) -> frozenset[str]:
        """Return the other nodes that live."""
        seen = await self._journal.run(self._look)
        return frozenset(node for node, gone in seen if not gone and node != self._node)

    async def forget(self, node: str) -> None:
        """Strike out a node whose work was taken over, unless it is back."""

        def unit() -> Unit[None]:
            yield _forget(of=node)

        await self._journal.run(unit)

    def _look(self) -> Unit[list[tuple[str, bool]]]:
        yield _beat(of=self._node)
        rows: list[tuple[str, bool]] = yield _all()
        return rows
