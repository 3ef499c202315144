"""One node does the work; another takes over; whoever woke up late writes nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from hub.adapters.clock import SystemClock
from hub.domain.errors import Refused
from hub.store.engine import Store, open_store
from hub.store.lease import Lease
from hub.store.rows import find, put
from hub.store.tables import ChannelState
from hub.store.tables import Lease as LeaseRow
from hub.store.unit import Unit
from tests.support.waiting import in_background, until

pytestmark = pytest.mark.postgres
TAKE_OVER_SECONDS = 5.0


class Worker:
    """Counts who works."""

    def __init__(self) -> None:
        self.at_it = 0
        self.times = 0

    async def work(self) -> None:
        """Work until cancelled."""
        self.at_it += 1
        self.times += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.at_it -= 1


def write(key: str) -> Callable[[], Unit[None]]:
    """A unit that leaves a trace."""

    def unit() -> Unit[None]:
        yield put(ChannelState, channel="test", key=key, value_sealed=b"x")

    return unit


class StalledClock(SystemClock):
    """A process that falls asleep after its first look at the lease."""

    async def sleep(self, seconds: float) -> None:
        """Never wake up."""
        await asyncio.Event().wait()


@pytest_asyncio.fixture
async def real_store(postgres_store_url: str) -> AsyncIterator[Store]:
    """A store under the machine's clock: the database's own clock decides here."""
    store = await open_store(postgres_store_url, clock=SystemClock())
    yield store
    await store.close()


def lease_of(store: Store, holder: str, clock: SystemClock | None = None) -> Lease:
    """A node's claim."""
    return Lease(store.journal, clock or SystemClock(), name="routing", holder=holder)


async def test_one_works_and_an_orderly_end_hands_over_at_once(real_store: Store) -> None:
    first, second = Worker(), Worker()
    async with in_background(lease_of(real_store, "b").lead(second.work)):
        await until(lambda: second.at_it == 1)
        async with in_background(lease_of(real_store, "a").lead(first.work)) as waiting:
            await asyncio.wait({waiting}, timeout=1.5)
            assert (first.times, second.at_it) == (0, 1)
    async with in_background(lease_of(real_store, "c").lead(first.work)):
        await until(lambda: first.at_it == 1, seconds=1.0)
    assert (first.at_it, second.at_it) == (0, 0)
    assert await real_store.reader.rows(find(LeaseRow, "fence", name="routing")) == [(2,)]


async def test_who_wakes_up_late_writes_nothing(real_store: Store) -> None:
    late, next_one = Worker(), Worker()
    asleep = lease_of(real_store, "a", StalledClock())
    async with in_background(asleep.lead(late.work)):
        await until(lambda: late.at_it == 1)
        await asleep.fenced().run(write("in time"))
        awake = lease_of(real_store, "b")
        async with in_background(awake.lead(next_one.work)):
            await until(lambda: next_one.at_it == 1, seconds=TAKE_OVER_SECONDS)
            await awake.fenced().run(write("by the next"))
            with pytest.raises(Refused, match="lease_lost"):
                await asleep.fenced().run(write("late"))
            with pytest.raises(Refused, match="lease_lost"):
                await asleep.fenced().run(write("late")())
    rows = await real_store.reader.rows(find(ChannelState, "key", channel="test"))
    assert sorted(key for (key,) in rows) == ["by the next", "in time"]


async def test_work_that_breaks_is_told(real_store: Store) -> None:
    async def broken() -> None:
        raise LookupError("it broke")

    with pytest.raises(LookupError):
        await asyncio.wait_for(lease_of(real_store, "a").lead(broken), 5)
