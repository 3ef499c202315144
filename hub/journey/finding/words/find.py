"""From hashed words to closed Contacts, the newest first.

The rarest word's list is walked backwards; each of its Contacts is looked for in the lists of the
other words, by the primary key. A walk is at most `WALK_MOST` long: who hits that bound is told
how far back it went. Who may see own Contacts only is served from these, where they are fewer.
"""

from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, union_all

from hub.journey.context import Hub
from hub.journey.finding.selection import COLUMNS, Chosen, Closed, conditions
from hub.journey.finding.words.forms import Wanted
from hub.store.rows import table_of
from hub.store.tables import Assignment, Contact, WordOwner, WordToken
from hub.store.unit import Prepared

WALK_MOST: Final = 10_000
"""Entries of a list that one search looks at: some ten milliseconds."""
SLACK: Final = 1_000
"""Numbers follow the order of closing but for what was closed within the same minute."""
_c, _a = table_of(Contact).c, table_of(Assignment).c
_owner, _token = table_of(WordOwner), table_of(WordToken)
_walk = _token.alias("walk")


class Bounds(NamedTuple):
    """Which part of the rarest list is walked."""

    token: int
    above: int
    below: int
    is_cut: bool


async def find_by_words(
    hub: Hub, wanted: Wanted, chosen: Chosen, *, most: int
) -> tuple[list[Closed], float | None]:
    """Return Contacts that have all words, and how far back was looked, if not to the end."""
    tokens = sorted(hub.lookup.words.of(wanted.forms))
    counts = [await _count(hub, token) for token in tokens]
    if not min(counts):
        return [], None
    tokens = [token for _, token in sorted(zip(counts, tokens, strict=True))]
    values = {**chosen.values, **{f"t{n}": token for n, token in enumerate(tokens)}, "most": most}
    if chosen.is_own_only and await _are_fewer(hub, chosen, min(counts)):
        own = _own_first(chosen.names, len(tokens))
        return [Closed(*row) for row in await hub.reader.heavy(own(**values))], None
    bounds = await _bounds(hub, tokens[0], await _number_at(hub, chosen.values["until"]))
    walk = _walked(chosen.names, len(tokens), is_own_only=chosen.is_own_only)
    rows = await hub.reader.heavy(walk(**values, above=bounds.above, below=bounds.below))
    is_short = bounds.is_cut and len(rows) < most
    reached = await _closed_at(hub, bounds.above) if is_short else None
    return [Closed(*row) for row in rows], reached


_counted = select(_token.c.owner).where(_token.c.token == bindparam("t")).limit(WALK_MOST + 1)
_counting = Prepared(select(func.count()).select_from(_counted.subquery()))
_own = union_all(
    select(_a.contact_id).where(_a.agent_id == bindparam("viewer")),
    select(_c.id).where(_c.customer_id.in_(bindparam("in_hand", expanding=True))),
).subquery()
_served = Prepared(
    select(func.count()).select_from(select(_own).limit(bindparam("most")).subquery())
)
_last_number = Prepared(
    select(_owner.c.n)
    .join_from(table_of(Contact), _owner, _owner.c.contact_id == _c.id)
    .where(_c.closed_at < bindparam("until"))
    .order_by(_c.closed_at.desc())
    .limit(1)
)
_nth = Prepared(
    select(_token.c.owner)
    .where(_token.c.token == bindparam("t"), _token.c.owner <= bindparam("below"))
    .order_by(_token.c.owner.desc())
    .limit(1)
    .offset(WALK_MOST)
)
_closed = Prepared(
    select(_c.closed_at)
    .join_from(_owner, table_of(Contact), _owner.c.contact_id == _c.id)
    .where(_owner.c.n == bindparam("n"))
)


async def _count(hub: Hub, token: int) -> int:
    return int((await hub.reader.rows(_counting(t=token)))[0][0])


async def _are_fewer(hub: Hub, chosen: Chosen, listed: int) -> bool:
    """Tell whether the Contacts somebody may find are fewer than a word's, or both are many."""
    if listed > WALK_MOST:
        return True
    values = {name: chosen.values[name] for name in ("viewer", "in_hand")}
    served = int((await hub.reader.rows(_served(**values, most=listed)))[0][0])
    return served < listed


async def _number_at(hub: Hub, until_at: float) -> int:
    rows = await hub.reader.rows(_last_number(until=until_at))
    return int(rows[0][0]) + SLACK if rows else 0


async def _bounds(hub: Hub, token: int, below: int) -> Bounds:
    rows = await hub.reader.rows(_nth(t=token, below=below))
    return Bounds(token, int(rows[0][0]) if rows else 0, below, bool(rows))


async def _closed_at(hub: Hub, number: int) -> float | None:
    rows = await hub.reader.rows(_closed(n=number))
    return float(rows[0][0]) if rows else None


@cache
def _walked(names: tuple[str, ...], terms: int, *, is_own_only: bool) -> Prepared:
    found: Select[Any] = (
        select(*COLUMNS)
        .join_from(_walk, _owner, _owner.c.n == _walk.c.owner)
        .join(table_of(Contact), _c.id == _owner.c.contact_id)
        .where(_walk.c.token == bindparam("t0"))
        .where(_walk.c.owner >= bindparam("above"), _walk.c.owner <= bindparam("below"))
        .where(*(_has(n) for n in range(1, terms)), *_within())
        .where(*conditions(names, is_own_only=is_own_only))
    )
    return Prepared(found.order_by(_walk.c.owner.desc()).limit(bindparam("most")))


@cache
def _own_first(names: tuple[str, ...], terms: int) -> Prepared:
    """The agent's Contacts, the newest first, each looked for in the lists of all words."""
    served = select(_a.contact_id).where(_a.agent_id == bindparam("viewer"))
    in_hand = _c.customer_id.in_(bindparam("in_hand", expanding=True))
    found: Select[Any] = (
        select(*COLUMNS)
        .join_from(table_of(Contact), _owner, _owner.c.contact_id == _c.id)
        .where(or_(_c.id.in_(served), in_hand), *_within())
        .where(*(_has(n) for n in range(terms)))
        .where(*conditions(names, is_own_only=False))
    )
    return Prepared(found.order_by(_c.closed_at.desc()).limit(bindparam("most")))


def _within() -> list[ColumnElement[bool]]:
    """The times asked for; `+ 0` keeps databases from beginning with the index over times."""
    closed_at = _c.closed_at + 0.0
    return [closed_at >= bindparam("since"), closed_at < bindparam("until")]


def _has(n: int) -> ColumnElement[bool]:
    other = _token.alias(f"o{n}")
    return exists().where(and_(other.c.token == bindparam(f"t{n}"), other.c.owner == _owner.c.n))
