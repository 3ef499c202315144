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
from hub.store.unit import Alike, Append, Many, Prepared, Unit

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


async def test_a_unit_that_is_the_whole_group_rolls_back_too(store: Store) -> None:
    def together(keys: Sequence[str]) -> Unit[list[str]]:
        yield Many(PUT, [{"scope": "test", "key": key, "at": 1.0} for key in (*keys, "a")])
        return list(keys)

    await store.journal.run(put("a"))
    with pytest.raises(Refused, match="changed_my_mind"):
        await store.journal.run(put("b", fail=True))
    with pytest.raises(Refused, match="conflict"):
        await store.journal.run(Alike(together, "c"))
    await store.journal.run(put("d"))
    assert await store.reader.rows(KEYS()) == [("a",), ("d",)]
    await store.journal.caught_up()
    logged = await store.reader.log_from((0, 0))
    assert [e.event.queue_id for e in logged] == ["a", "d"]  # type: ignore[attr-defined]


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


async def test_units_that_are_alike_run_as_one_and_fail_alone(store: Store) -> None:
    ran: list[int] = []

    def together(keys: Sequence[str]) -> Unit[list[str | Refused]]:
        ran.append(len(keys))
        good = [key for key in keys if not key.startswith("no")]
        yield Many(PUT, [{"scope": "test", "key": key, "at": 1.0} for key in good])
        for key in good:
            yield Append(QueueOpened(at=1.0, queue_id=key))
        return [key if key in good else Refused("not_this") for key in keys]

    keys = [f"{n:02d}" for n in range(40)]
    keys[7], keys[20], keys[31] = "no", keys[3], "no more"
    units: list[Unit[str] | Alike[str]] = [Alike(together, key) for key in keys]
    units.insert(25, put("between"))
    jobs = (store.journal.run(unit) for unit in units)
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert outcomes.pop(25) == "between"
    refused = {n: o.code for n, o in enumerate(outcomes) if isinstance(o, Refused)}
    assert refused == {7: "not_this", 20: "conflict", 31: "not_this"}
    stored = [key for n, key in enumerate(keys) if n not in refused]
    assert [o for o in outcomes if not isinstance(o, Refused)] == stored
    assert await store.reader.rows(KEYS()) == [(key,) for key in [*stored, "between"]]
    await store.journal.caught_up()
    events = [logged.event for logged in await store.reader.log_from((0, 0))]
    logged = [event.queue_id for event in events if isinstance(event, QueueOpened)]
    assert sorted(logged) == [*stored, "between"]
    if store.journal.keeps_order:
        assert [key for key in logged if key != "between"] == stored
        assert max(ran) > 1


async def test_watchers_hear_each_of_many(store: Store) -> None:
    heard: list[dict[str, Any]] = []
    store.journal.watch(PUT, heard.extend)

    def unit() -> Unit[None]:
        yield Many(PUT, [{"scope": "test", "key": key, "at": 1.0} for key in "ab"])

    await store.journal.run(unit())
    await store.journal.caught_up()
    assert [call["key"] for call in heard] == ["a", "b"]
