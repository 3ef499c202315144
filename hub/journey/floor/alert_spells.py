"""When alerts of the wallboard began and ended; the history of them, taken on or not.

What calls is decided by each node's wallboard. All of them tell it here, so a spell that is open
already is not begun again, and one that is over is not ended again.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import bindparam, or_, select, text, update

from hub.journey.context import Hub
from hub.store.rows import table_of
from hub.store.tables import AlertSpell
from hub.store.unit import Prepared, Unit
from hub.store.upsert import upsert

HISTORY_MOST: Final = 200
AT_ONCE: Final = 200
"""More in one unit would hold the writer for long."""
_s = table_of(AlertSpell).c
_OPEN: Final = text("ended_at IS NULL")  # names the partial index's condition
_begin = Prepared(
    upsert(table_of(AlertSpell))
    .values(**{name: bindparam(name) for name in _s.keys() if name != "ended_at"})  # noqa: SIM118
    .on_conflict_do_nothing(index_elements=["alert_id"], index_where=_OPEN)
)
_end = Prepared(
    update(table_of(AlertSpell))
    .where(_s.alert_id == bindparam("of"), _OPEN)
    .values(ended_at=bindparam("at"))
)
_open_now = Prepared(select(_s.alert_id, _s.began_at).where(_OPEN))
_between = Prepared(
    select(_s.alert_id, _s.queue_id, _s.agent_id, _s.contact_id, _s.began_at, _s.ended_at)
    .where(_s.began_at < bindparam("until"))
    .where(or_(_s.ended_at.is_(None), _s.ended_at >= bindparam("since")))
    .order_by(_s.began_at.desc(), _s.id)
    .limit(bindparam("most"))
)


class Began(NamedTuple):
    """An alert that calls now."""

    alert_id: str
    at: float
    queue_id: str | None = None
    agent_id: str | None = None
    contact_id: str | None = None


class AlertSpellRead(NamedTuple):
    """One alert from its begin to its end; it still calls while `ended_at` is None."""

    alert_id: str
    queue_id: str | None
    agent_id: str | None
    contact_id: str | None
    began_at: float
    ended_at: float | None


async def begin_and_end(hub: Hub, began: Sequence[Began], ended: Sequence[str]) -> None:
    """Keep that these alerts have begun, and that those are over now."""
    for at in range(0, len(began), AT_ONCE):
        await hub.journal.run(partial(_begin_all, hub, began[at : at + AT_ONCE]))
    for at in range(0, len(ended), AT_ONCE):
        await hub.journal.run(partial(_end_all, hub, ended[at : at + AT_ONCE]))


def _begin_all(hub: Hub, began: Sequence[Began]) -> Unit[None]:
    for one in began:
        yield _begin(
            id=hub.new_id("als"), alert_id=one.alert_id, queue_id=one.queue_id,
            agent_id=one.agent_id, contact_id=one.contact_id, began_at=one.at,
        )  # fmt: skip


def _end_all(hub: Hub, ended: Sequence[str]) -> Unit[None]:
    for alert_id in ended:
        yield _end(of=alert_id, at=hub.clock.now())


async def open_spells(hub: Hub) -> Mapping[str, float]:
    """Return the alerts that call, with when each began."""
    rows = await hub.reader.heavy(_open_now())
    return {str(alert_id): float(began_at) for alert_id, began_at in rows}


async def spells_between(hub: Hub, since: float, until: float) -> list[AlertSpellRead]:
    """Return the alerts that called between the two moments, the newest first."""
    rows = await hub.reader.heavy(_between(since=since, until=until, most=HISTORY_MOST))
    return [AlertSpellRead(*row) for row in rows]
