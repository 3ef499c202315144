"""The journal's contract, on every kind of store."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update

from hub.domain.errors import Refused
from hub.domain.events import Logged, QueueOpened
from hub.store.engine import Store
from hub.store.tables import Receipt
from hub.store.unit import Append, Prepared, Unit

TABLE = Receipt.__table__  # type: ignore[attr-defined]
PUT = Prepared(insert(TABLE))
KEYS = Prepared(select(TABLE.c.key).order_by(TABLE.c.key))
SET = Prepared(
    update(TABLE).where(TABLE.c.key == bindparam("k")).values(result=bindparam("result"))
)


def put(key: str, *, fail: bool = False) -> Unit[str]:
    yield PUT(scope="test", key=key, at=1.0)
    yield Append(QueueOpened(at=1.0, queue_id=key), carried=key.upper())
    if fail:
        raise Refused("changed_my_mind")
    return key


async def test_a_unit_is_stored_and_its_result_returned(store: Store) -> None:
    assert await store.journal.run(put("a")) == "a"
    assert await store.reader.rows(KEYS()) == [("a",)]


async def test_the_number_of_changed_rows_comes_back(store: Store) -> None:
    def unit() -> Unit[tuple[int, int]]:
        yield PUT(scope="test", key="a", at=1.0)
        there = yield SET(k="a", result="[]")
        missing = yield SET(k="b", result="[]")
        return there, missing

    assert await store.journal.run(unit()) == (1, 0)


async def test_a_refused_unit_rolls_back_alone(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(store.journal.run(put(str(n), fail=n % 3 == 0)) for n in range(9)),
        return_exceptions=True,
    )
    assert [isinstance(o, Refused) for o in outcomes] == [n % 3 == 0 for n in range(9)]
    assert await store.reader.rows(KEYS()) == [(k,) for k in "124578"]
    await store.journal.caught_up()
    logged = await store.reader.log_from((0, 0))
    assert sorted(e.event.queue_id for e in logged) == list("124578")  # type: ignore[attr-defined]


async def test_a_broken_constraint_is_a_refusal(store: Store) -> None:
    await store.journal.run(put("a"))
    with pytest.raises(Refused, match="conflict"):
        await store.journal.run(put("a"))


async def test_followers_hear_in_commit_order_with_what_was_carried(store: Store) -> None:
    heard: list[Logged] = []
    store.journal.follow(heard.extend)
    await asyncio.gather(*(store.journal.run(put(str(n))) for n in range(50)))
    await store.journal.caught_up()
    assert [e.position for e in heard] == sorted(e.position for e in heard)
    assert sorted(str(e.carried) for e in heard) == sorted(str(n) for n in range(50))
    assert await store.reader.log_from((0, 0)) == [e._replace(carried=None) for e in heard]
    assert await store.reader.head() == heard[-1].position


async def test_watchers_hear_committed_calls_only(store: Store) -> None:
    heard: list[dict[str, Any]] = []

    def hear(calls: Sequence[dict[str, Any]]) -> None:
        heard.extend(calls)

    store.journal.watch(PUT, hear)
    await store.journal.run(put("a"))
    with pytest.raises(Refused):
        await store.journal.run(put("b", fail=True))
    await store.journal.caught_up()
    assert [call["key"] for call in heard] == ["a"]
