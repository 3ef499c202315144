"""Reading: short rows, one moment, heavy statements, sessions, the log of a contact."""

import asyncio

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col
from sqlmodel import select as select_model

from hub.domain.events import ContactParked, Event, MessageAdded, QueueOpened
from hub.store.engine import Store
from hub.store.reader import START
from hub.store.rows import table_of
from hub.store.tables import Receipt
from hub.store.unit import Prepared, Unit
from tests.support.units import append, write

TABLE = table_of(Receipt)
PUT = Prepared(insert(TABLE))
KEYS = Prepared(select(TABLE.c.key).order_by(TABLE.c.key))


async def put(store: Store, *keys: str) -> None:
    await store.journal.run(write(*(PUT(scope="s", key=key, at=1.5) for key in keys)))


async def test_several_statements_see_one_moment(store: Store) -> None:
    await put(store, "a", "b")
    assert await store.reader.gather([KEYS(), KEYS()]) == [[("a",), ("b",)]] * 2
    await put(store, "c")
    assert len(await store.reader.rows(KEYS())) == 3, "the moment has ended"


async def test_heavy_statements_run_beside(store: Store) -> None:
    await put(store, "a")
    assert [await store.reader.heavy(KEYS()) for _ in range(5)] == [[("a",)]] * 5


async def test_a_model_stays_usable_after_its_session(store: Store) -> None:
    await put(store, "a", "b")
    async with store.reader.session() as session:
        found = await session.exec(select_model(Receipt).order_by(col(Receipt.key)))
        receipts = list(found)
    assert [(r.key, r.result, r.at) for r in receipts] == [("a", "{}", 1.5), ("b", "{}", 1.5)]


async def test_a_session_cannot_write(store: Store) -> None:
    async with store.reader.session() as session:
        session.add(Receipt(scope="s", key="x", at=1.0))
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await session.commit()


async def test_a_reading_statement_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        await store.reader.rows(PUT(scope="s", key="x", at=1.0))


def parked(contact_id: str) -> Event:
    return ContactParked(
        at=1.0, contact_id=contact_id, conversation_id="cvn_1", reason="hours", due_at=2.0
    )


def said(contact_id: str) -> Event:
    return MessageAdded(
        at=1.0,
        contact_id=contact_id,
        conversation_id="cvn_1",
        seq=1,
        speaker="customer",
        audience="all",
    )


async def test_the_log_of_one_contact_leaves_messages_out(store: Store) -> None:
    events = [parked("con_1"), said("con_1"), parked("con_2"), parked("con_1")]
    await store.journal.run(append(*events))
    found = await store.reader.events_of_contact("con_1")
    assert [logged.event for logged in found] == [events[0], events[3]]


async def test_the_log_is_read_in_pages_up_to_its_head(store: Store) -> None:
    assert await store.reader.head() == START
    for n in range(7):
        await store.journal.run(append(QueueOpened(at=float(n), queue_id=str(n))))
    await store.journal.caught_up()
    position, seen = START, []
    while page := await store.reader.log_from(position, 3):
        assert len(page) <= 3
        seen += [logged.event.at for logged in page]
        position = page[-1].position
    assert seen == [float(n) for n in range(7)]
    assert position == await store.reader.head()


async def test_the_log_of_some_kinds_leaves_the_others_out(store: Store) -> None:
    events = [parked("con_1"), said("con_1"), QueueOpened(at=1.0, queue_id="q"), parked("con_2")]
    await store.journal.run(append(*events))
    await store.journal.caught_up()
    position, seen = START, []
    while page := await store.reader.log_from(position, 1, kinds={"ContactParked", "QueueOpened"}):
        seen += [logged.event for logged in page]
        position = page[-1].position
    assert seen == [events[0], events[2], events[3]]
    assert await store.reader.log_from(START, kinds={"HelpAsked"}) == []


async def test_a_follower_hears_before_the_caller_on_one_node(sqlite_store: Store) -> None:
    order: list[str] = []
    sqlite_store.journal.follow(lambda _: order.append("follower"))
    sqlite_store.journal.submit(
        append(QueueOpened(at=1.0, queue_id="q")), lambda _: order.append("done")
    )
    await sqlite_store.journal.run(append(QueueOpened(at=1.0, queue_id="r")))
    assert order.index("follower") < order.index("done")


async def test_a_follower_that_fails_harms_nobody(store: Store) -> None:
    heard: list[object] = []

    def fail(_: object) -> None:
        raise ValueError("not my day")

    store.journal.follow(fail)
    end = store.journal.follow(heard.extend)
    await store.journal.run(append(QueueOpened(at=1.0, queue_id="q")))
    await store.journal.caught_up()
    end()
    await store.journal.run(append(QueueOpened(at=1.0, queue_id="r")))
    await store.journal.caught_up()
    assert len(heard) == 1


async def test_a_unit_made_anew_wins_after_a_lost_race(store: Store) -> None:
    """Both units find no row and insert it; the later one then finds the other's."""

    def find_or_make() -> Unit[str]:
        if (yield KEYS()):
            return "found"
        yield PUT(scope="s", key="only", at=1.0)
        return "made"

    outcomes = await asyncio.gather(*(store.journal.run(find_or_make) for _ in range(20)))
    assert sorted(outcomes) == ["found"] * 19 + ["made"]
