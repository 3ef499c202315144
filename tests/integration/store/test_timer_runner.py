"""Timers fire when due and take effect once, also after failures, restarts and on many nodes."""

import asyncio
from contextlib import suppress
from typing import Any, cast

from hub.domain.errors import Unavailable
from hub.store.engine import Store, open_store
from hub.store.journal import Journal, UnitOrFactory
from hub.store.timer_runner import AWAY_SECONDS, TimerRunner
from hub.store.timers import DueTimer, cancel_timer, set_timer, take_timer
from tests.support.clock import ManualClock
from tests.support.units import write
from tests.support.waiting import in_background, until


class Bell:
    """A handler that takes its timer and remembers what it took."""

    def __init__(self, store: Store, *, failures: int = 0) -> None:
        self.rung: list[str] = []
        self.calls = 0
        self._store = store
        self._failures = failures

    async def __call__(self, timer: DueTimer) -> None:
        self.calls += 1
        if self._failures:
            self._failures -= 1
            raise OSError("not now")
        take = take_timer(timer.kind, timer.subject, timer.due_at)
        if await self._store.journal.run(write(take)) == [1]:
            self.rung.append(timer.subject)


def runner_of(store: Store, clock: ManualClock, bell: Bell) -> TimerRunner:
    handlers = {"silence": bell}
    return TimerRunner(store.journal, store.reader, clock, handlers, shared=store.shared)


async def set_in(store: Store, clock: ManualClock, **seconds: float) -> None:
    calls = [set_timer("silence", subject, clock.now() + s) for subject, s in seconds.items()]
    await store.journal.run(write(*calls))


async def test_only_what_is_due_fires(store: Store, clock: ManualClock) -> None:
    bell = Bell(store)
    runner = runner_of(store, clock, bell)
    await set_in(store, clock, soon=5, later=50)
    await runner.fire_due()
    assert bell.rung == []
    clock.jump(6)
    await runner.fire_due()
    await runner.fire_due()
    assert bell.rung == ["soon"]


async def test_setting_again_moves_and_cancelling_removes(store: Store, clock: ManualClock) -> None:
    bell = Bell(store)
    await set_in(store, clock, moved=5, gone=5)
    await set_in(store, clock, moved=50)
    assert await store.journal.run(write(cancel_timer("silence", "gone"))) == [1]
    assert await store.journal.run(write(cancel_timer("silence", "gone"))) == [0]
    clock.jump(6)
    await runner_of(store, clock, bell).fire_due()
    assert bell.calls == 0


async def test_a_timer_moved_while_firing_is_not_taken(store: Store, clock: ManualClock) -> None:
    await set_in(store, clock, moved=50)
    fired_at = clock.now() + 5
    assert await store.journal.run(write(take_timer("silence", "moved", fired_at))) == [0]


async def test_a_failing_handler_is_called_again_after_a_growing_pause(
    store: Store, clock: ManualClock
) -> None:
    bell = Bell(store, failures=2)
    runner = runner_of(store, clock, bell)
    await set_in(store, clock, hard=0)
    calls = []
    for _ in range(5):
        await runner.fire_due()
        calls.append(bell.calls)
        clock.jump(1.01)
    # It fails at 0 s, again at 1 s, rests two seconds, and succeeds at the look after 3 s.
    assert calls == [1, 2, 2, 3, 3]
    assert bell.rung == ["hard"]


async def test_a_handler_that_leaves_its_timer_is_held_back(
    sqlite_store: Store, clock: ManualClock
) -> None:
    calls = []

    async def forgetful(timer: DueTimer) -> None:
        calls.append(timer)

    runner = TimerRunner(sqlite_store.journal, sqlite_store.reader, clock, {"silence": forgetful})
    await set_in(sqlite_store, clock, stuck=0)
    for _ in range(5):
        await runner.fire_due()
    assert len(calls) == 1


async def test_the_runner_sleeps_until_the_next_timer_and_wakes_for_an_earlier_one(
    store: Store, clock: ManualClock
) -> None:
    bell = Bell(store)
    async with in_background(runner_of(store, clock, bell).run()):
        await until(lambda: clock.sleeper_count > 0)
        await set_in(store, clock, now=0)  # rings without any time passing
        await until(lambda: bell.rung == ["now"])
        await set_in(store, clock, half=0.5)
        await until(lambda: clock.sleeper_count > 0)
        await clock.advance(0.5)
        await until(lambda: bell.rung == ["now", "half"])


async def test_a_timer_survives_a_restart(store_url: str, clock: ManualClock) -> None:
    store = await open_store(store_url, clock=clock)
    await set_in(store, clock, kept=5)
    await store.close()
    clock.jump(60)
    store = await open_store(store_url, clock=clock)
    bell = Bell(store)
    await runner_of(store, clock, bell).fire_due()
    await store.close()
    assert bell.rung == ["kept"]


async def test_two_nodes_act_on_each_timer_once(postgres_store: Store, clock: ManualClock) -> None:
    bells = [Bell(postgres_store), Bell(postgres_store)]
    subjects = {f"s{n:02}": 0.0 for n in range(40)}
    await set_in(postgres_store, clock, **subjects)
    runners = [runner_of(postgres_store, clock, bell) for bell in bells]
    await asyncio.gather(*(runner.fire_due() for runner in runners))
    assert sorted(bells[0].rung + bells[1].rung) == sorted(subjects)
    assert bells[0].calls + bells[1].calls == len(subjects), "a claim was not respected"


class Away:
    """A journal whose store is away while it is told so."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.is_away = False

    async def run(self, unit: UnitOrFactory[Any]) -> Any:
        if self.is_away:
            if not callable(unit):
                unit.close()
            raise Unavailable("database_away")
        return await self._journal.run(unit)


async def test_when_the_store_is_back_a_timer_fires_at_once(
    store: Store, clock: ManualClock
) -> None:
    away = Away(store.journal)
    calls: list[float] = []

    async def turn(timer: DueTimer) -> None:
        calls.append(clock.now())
        away.is_away = len(calls) < 4  # it goes while the handler is at work
        await away.run(write(take_timer(timer.kind, timer.subject, timer.due_at)))

    runner = TimerRunner(
        cast(Journal, away), store.reader, clock, {"silence": turn}, shared=store.shared
    )
    await set_in(store, clock, hard=0)
    for _ in range(3):
        away.is_away = False
        await runner.fire_due()
        assert away.is_away
        with suppress(Unavailable):
            await runner.fire_due()
        clock.jump(AWAY_SECONDS + 0.1)
    away.is_away = False
    await runner.fire_due()
    assert len(calls) == 4, "no pause grows because the store was away"
    await runner.fire_due()
    assert len(calls) == 4, "it was taken"
