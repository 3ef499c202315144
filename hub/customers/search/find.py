"""From hashed terms to Customers: posting lists met by index, the rarest first.

A common token (a surname, the beginning `li`) lies with every fifth Customer. So the shortest list
is walked and each of its owners is looked for in the others, by the primary key; a walk is at
most `WALK_MOST` long, and who hits that bound is told that the words are too common.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select

from hub.customers.search.query import Query, Term
from hub.security.search_key import SearchKey
from hub.store.reader import Reader
from hub.store.rows import table_of
from hub.store.tables import SearchOwner, SearchToken
from hub.store.unit import Prepared

WALK_MOST: Final = 10_000
"""Entries of the rarest list that one search looks at: some 10 ms."""
COUNT_MOST: Final = 2_000
"""Longer lists count alike: of two such, either meets the other soon or both are walked."""

_t, _o = table_of(SearchToken), table_of(SearchOwner)
_owners = Prepared(
    select(_o.c.n, _o.c.customer_id).where(_o.c.n.in_(bindparam("ns", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class Found:
    """Customers in order: those whose whole words match first."""

    customer_ids: tuple[str, ...]
    more: bool
    """There are others; the words should be narrowed."""
    too_common: bool
    """Not all could be looked at: the words lie with too many."""


async def find_customers(reader: Reader, key: SearchKey, query: Query, most: int) -> Found:
    """Return up to `most` Customers who have all terms of a pass."""
    owners: dict[int, None] = {}
    too_common = False
    for number, terms in enumerate(query.passes):
        if len(owners) > most or (number == 2 and owners):
            break
        tokens = [_tokens(key, term) for term in terms]
        met, cut = await _meet(reader, tokens, most + 1)
        owners |= dict.fromkeys(met)
        too_common = too_common or cut
    shown = list(owners)[:most]
    rows = await reader.rows(_owners(ns=shown)) if shown else []
    ids: dict[int, str] = dict(rows)
    return Found(
        tuple(ids[n] for n in shown if n in ids), len(owners) > most, too_common and not shown
    )


def _tokens(key: SearchKey, term: Term) -> list[int]:
    return sorted({token for form in term.forms for token in key.looked_for(*form)})


async def _meet(reader: Reader, tokens: Sequence[list[int]], most: int) -> tuple[list[int], bool]:
    """Return owners of all, and whether the walk ended before the list did."""
    if len(tokens) == 1:
        rows = await reader.heavy(_meeting(1)(t0=tokens[0], walk=most, most=most))
        return [row[0] for row in rows], False
    counts = await reader.heavy(
        _counts(len(tokens))(**{f"t{n}": one for n, one in enumerate(tokens)}, most=COUNT_MOST)
    )
    if not min(counts[0]):
        return [], False
    order = sorted(range(len(tokens)), key=lambda n: (counts[0][n], -len(tokens[n])))
    named = {f"t{place}": tokens[n] for place, n in enumerate(order)}
    rows = await reader.heavy(_meeting(len(tokens))(**named, walk=WALK_MOST, most=most))
    ended_early = len(rows) < most and min(counts[0]) >= COUNT_MOST
    if ended_early:
        whole = await reader.heavy(_counts(1)(t0=tokens[order[0]], most=WALK_MOST + 1))
        ended_early = whole[0][0] > WALK_MOST
    return [row[0] for row in rows], ended_early


@cache
def _counts(terms: int) -> Prepared:
    """How many have each term, as far as it matters."""
    return Prepared(select(*(_count(f"t{n}") for n in range(terms))))


def _count(name: str) -> ColumnElement[int]:
    some = select(_t.c.owner).where(_of(name)).limit(bindparam("most")).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


@cache
def _meeting(terms: int) -> Prepared:
    """The owners of term 0 who have all others too."""
    walk = select(_t.c.owner).where(_of("t0")).limit(bindparam("walk")).subquery("walk")
    statement: Select[tuple[int]] = select(walk.c.owner).distinct()
    for n in range(1, terms):
        other = _t.alias(f"o{n}")
        statement = statement.where(
            exists().where(
                other.c.token.in_(bindparam(f"t{n}", expanding=True)),
                other.c.owner == walk.c.owner,
            )
        )
    return Prepared(statement.limit(bindparam("most")))


def _of(name: str) -> ColumnElement[bool]:
    return _t.c.token.in_(bindparam(name, expanding=True))
