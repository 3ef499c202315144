"""The log on PostgreSQL: whoever commits first, no follower ever misses an event.

Serial numbers are given before COMMIT, so a later number can be visible before an earlier one.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from hub.domain.codec import encode
from hub.domain.events import Logged, QueueOpened
from hub.store.engine import Store, open_store
from hub.store.postgres_journal import INSERT_EVENTS
from hub.store.reader import START, Position
from tests.support.clock import ManualClock
from tests.support.units import append
from tests.support.waiting import until

pytestmark = pytest.mark.postgres

WRITERS = 12
EACH = 40


def opened(name: str) -> QueueOpened:
    return QueueOpened(at=1.0, queue_id=name)


def name_of(logged: Logged) -> str:
    assert isinstance(logged.event, QueueOpened)
    return logged.event.queue_id


async def insert(connection: asyncpg.Connection, name: str) -> None:
    event = opened(name)
    await connection.fetch(INSERT_EVENTS, [1.0], ["QueueOpened"], [None], [encode(event)])


async def write_for_a_while(url: str, writer: int) -> None:
    """Commit events after holding each transaction open for a moment, as slow units do."""
    dice = random.Random(writer)
    connection = await asyncpg.connect(url)
    for n in range(EACH):
        async with connection.transaction():
            await insert(connection, f"{writer}.{n}")
            await asyncio.sleep(dice.random() * 0.004)
    await connection.close()


async def followed(read: Callable[[], Awaitable[int]], url: str) -> None:
    """Read without pause while many write, and once more when all have ended."""
    writers = asyncio.gather(*(write_for_a_while(url, n) for n in range(WRITERS)))
    while not writers.done():
        await read()
    await writers
    while await read():
        pass


async def test_no_event_is_skipped_while_many_write(
    postgres_store: Store, postgres_store_url: str
) -> None:
    seen: list[Logged] = []
    position: Position = START

    async def read() -> int:
        nonlocal position
        events = await postgres_store.reader.log_from(position)
        seen.extend(events)
        position = events[-1].position if events else position
        return len(events)

    await followed(read, postgres_store_url)
    assert len({name_of(e) for e in seen}) == len(seen) == WRITERS * EACH
    assert [e.position for e in seen] == sorted(e.position for e in seen)


async def test_the_naive_order_does_skip_events(postgres_store_url: str) -> None:
    """The test above can fail: by serial number alone events are lost."""
    connection = await asyncpg.connect(postgres_store_url)
    seen: set[int] = set()
    last = 0

    async def read() -> int:
        nonlocal last
        rows = await connection.fetch("SELECT seq FROM event WHERE seq > $1 ORDER BY seq", last)
        seen.update(row[0] for row in rows)
        last = rows[-1][0] if rows else last
        return len(rows)

    await followed(read, postgres_store_url)
    stored = await connection.fetchval("SELECT count(*) FROM event")
    await connection.close()
    assert stored == WRITERS * EACH
    assert len(seen) < stored


async def test_a_held_transaction_delays_but_loses_nothing(
    postgres_store: Store, postgres_store_url: str
) -> None:
    heard: list[str] = []
    postgres_store.journal.follow(lambda logged: heard.extend(map(name_of, logged)))
    holder = await asyncpg.connect(postgres_store_url)
    held = holder.transaction()
    await held.start()
    await insert(holder, "held")
    for n in range(5):
        await postgres_store.journal.run(append(opened(f"quick {n}")))
    rows = await holder.fetchval("SELECT count(*) FROM event")
    assert rows == 6, "the quick ones are committed"
    assert await postgres_store.reader.log_from(START) == []
    assert heard == []
    await held.commit()
    await holder.close()
    await postgres_store.journal.caught_up()
    assert heard == ["held", *(f"quick {n}" for n in range(5))]


async def test_every_node_hears_all_nodes_in_the_same_order(
    postgres_store_url: str, clock: ManualClock
) -> None:
    nodes = [await open_store(postgres_store_url, clock=clock) for _ in range(2)]
    heard: list[list[Logged]] = [[], []]
    for node, ear in zip(nodes, heard, strict=True):
        node.journal.follow(ear.extend)
    await asyncio.gather(
        *(node.journal.run(append(opened(f"{n}"))) for n in range(60) for node in nodes)
    )
    for node in nodes:
        await node.journal.caught_up()
    for node in nodes:
        await node.close()
    assert len(heard[0]) == 120
    assert heard[0] == heard[1]


async def test_a_log_restored_on_another_server_goes_on(
    postgres_store_url: str, clock: ManualClock
) -> None:
    connection = await asyncpg.connect(postgres_store_url)
    await insert(connection, "old")
    await connection.execute("UPDATE event SET transaction_id = 4000000000")
    await connection.close()
    store = await open_store(postgres_store_url, clock=clock)
    await store.journal.run(append(opened("new")))
    await store.journal.caught_up()
    found = await store.reader.log_from(START)
    await store.close()
    assert [name_of(logged) for logged in found] == ["old", "new"]


async def test_a_lost_connection_is_refused_and_then_made_anew(
    postgres_store: Store, postgres_store_url: str
) -> None:
    await postgres_store.journal.run(append(opened("before")))
    admin = await asyncpg.connect(postgres_store_url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'hub' AND datname = current_database()"
    )
    outcomes: list[object] = []

    async def works() -> bool:
        try:
            await postgres_store.journal.run(append(opened("after")))
        except Exception as error:
            outcomes.append(error)
            return False
        return True

    while not await works():
        assert len(outcomes) < 50
    await admin.close()
    heard: list[str] = []
    postgres_store.journal.follow(lambda logged: heard.extend(map(name_of, logged)))
    await postgres_store.journal.run(append(opened("last")))
    await until(lambda: heard[-1:] == ["last"])
