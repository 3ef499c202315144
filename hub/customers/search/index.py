"""Keeping the word index true, in the transaction that changes the record."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select

from hub.customers.search.forms import Findable, forms_of
from hub.security.search_key import SearchKey
from hub.store.rows import find, put, table_of
from hub.store.tables import SearchOwner, SearchToken
from hub.store.unit import Call, Prepared, Unit
from hub.store.upsert import upsert

_t, _o = table_of(SearchToken), table_of(SearchOwner)
_TOKENS_OF_ONE_INSERT = 32
_forget = Prepared(
    delete(_t).where(
        _t.c.owner == bindparam("of"), _t.c.token.in_(bindparam("tokens", expanding=True))
    )
)


def index_customer(
    key: SearchKey, customer_id: str, new: Findable | None, old: Findable | None = None
) -> Unit[None]:
    """Make the index say what the record now says; `new` None takes the Customer out of it.

    `old` is what the record said before: None for a Customer who is not in the index yet.
    """
    wanted = key.of(forms_of(new)) if new is not None else frozenset[int]()
    there = key.of(forms_of(old)) if old is not None else frozenset[int]()
    if wanted == there:
        return
    owner = yield from _owner_of(customer_id)
    if gone := sorted(there - wanted):
        yield _forget(of=owner, tokens=gone)
    fresh = sorted(wanted - there)
    for at in range(0, len(fresh), _TOKENS_OF_ONE_INSERT):
        part = fresh[at : at + _TOKENS_OF_ONE_INSERT]
        yield _remember(len(part))(of=owner, **{f"t{n}": token for n, token in enumerate(part)})


def index_calls(key: SearchKey, customer_id: str, one: Findable) -> Iterator[Call]:
    """The statements that index a new Customer, for filling a store in bulk."""
    yield put(SearchOwner, customer_id=customer_id)
    tokens = sorted(key.of(forms_of(one)))
    for at in range(0, len(tokens), _TOKENS_OF_ONE_INSERT):
        part = tokens[at : at + _TOKENS_OF_ONE_INSERT]
        values: dict[str, Any] = {f"t{n}": token for n, token in enumerate(part)}
        yield _remember(len(part), by_id=True)(of=customer_id, **values)


def _owner_of(customer_id: str) -> Unit[int]:
    known = yield find(SearchOwner, "n", customer_id=customer_id)
    if not known:
        yield put(SearchOwner, customer_id=customer_id)
        known = yield find(SearchOwner, "n", customer_id=customer_id)
    return int(known[0][0])


@cache
def _remember(count: int, *, by_id: bool = False) -> Prepared:
    """One statement for all tokens of a Customer: each of its own costs as much again."""
    of: Any = bindparam("of")
    if by_id:
        of = select(_o.c.n).where(_o.c.customer_id == bindparam("of")).scalar_subquery()
    rows: list[dict[str, Any]] = [{"token": bindparam(f"t{n}"), "owner": of} for n in range(count)]
    # A killed rebuild is simply begun again.
    return Prepared(upsert(_t).values(rows).on_conflict_do_nothing())
