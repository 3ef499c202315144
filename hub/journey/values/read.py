"""Values as the store has them: those published, those proposed, those a file brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from hub.domain.dated_values import DatedValue
from hub.domain.events import ValuePublished
from hub.journey.context import Hub
from hub.journey.values.life import PROPOSED, PUBLISHED
from hub.store.reader import Reader
from hub.store.rows import find, put, table_of
from hub.store.tables import DatedValueRow
from hub.store.unit import Append, Prepared, Unit

FROM_FILE: Final = "file"
_v = table_of(DatedValueRow).c
_published = Prepared(
    select(_v.name, _v.en, _v.zh, _v.valid_from_at)
    .where(_v.state == PUBLISHED)
    .order_by(_v.valid_from_at, _v.published_at)
)
_listed = Prepared(
    select(
        _v.id, _v.name, _v.en, _v.zh, _v.valid_from_at, _v.state, _v.proposed_by, _v.proposed_at,
        _v.published_by, _v.why,
    )
    .where(_v.state.in_((PROPOSED, PUBLISHED)))
    .order_by(_v.name, _v.valid_from_at, _v.proposed_at)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueRead:
    """A value with its story."""

    id: str
    name: str
    en: str
    zh: str
    valid_from_at: float
    state: str
    proposed_by: str
    proposed_at: float
    published_by: str | None
    why: str


async def published_values(reader: Reader) -> list[DatedValue]:
    """Return all that are published, the earliest first."""
    return [
        DatedValue(name=name, en=en, zh=zh, valid_from_at=at)
        for name, en, zh, at in await reader.heavy(_published())
    ]


async def listed_values(hub: Hub) -> list[ValueRead]:
    """Return what is published and what waits for a second person, by name and moment."""
    return [ValueRead(*row) for row in await hub.reader.heavy(_listed())]


async def bring_in_values(hub: Hub, values: Sequence[DatedValue]) -> int:
    """Publish what a file says, unless a person has published under that name; returns a count."""
    return await hub.journal.run(lambda: _bring_in(hub, values))


def _bring_in(hub: Hub, values: Sequence[DatedValue]) -> Unit[int]:
    rows = yield find(DatedValueRow, "name", "valid_from_at", "proposed_by", state=PUBLISHED)
    by_people = {name for name, _, by in rows if by != FROM_FILE}
    known = {(name, at) for name, at, _ in rows}
    at, count = hub.clock.now(), 0
    for one in values:
        if one.name in by_people or (one.name, one.valid_from_at) in known:
            continue
        yield put(
            DatedValueRow, id=hub.new_id("val"), name=one.name, en=one.en, zh=one.zh,
            valid_from_at=one.valid_from_at, state=PUBLISHED, proposed_by=FROM_FILE,
            proposed_at=at, published_by=FROM_FILE, published_at=at, why="",
        )  # fmt: skip
        yield Append(
            ValuePublished(at=at, name=one.name, by=FROM_FILE, valid_from_at=one.valid_from_at)
        )
        count += 1
    return count
