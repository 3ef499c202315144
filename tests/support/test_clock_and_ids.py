import asyncio

from hub.ports import Clock, NewId
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds


def test_they_satisfy_the_ports() -> None:
    clock: Clock = ManualClock()
    new_id: NewId = SeededIds()
    assert clock.now() > 0
    assert new_id("con").startswith("con_")


async def test_sleepers_wake_in_the_order_of_their_due_times(clock: ManualClock) -> None:
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append((name, clock.monotonic()))

    async with asyncio.TaskGroup() as group:
        for name, seconds in (("late", 5.0), ("early", 1.0), ("middle", 3.0), ("never", 60.0)):
            group.create_task(sleeper(name, seconds))
        await clock.advance(5.0)
        assert woken == [("early", 1.0), ("middle", 3.0), ("late", 5.0)]
        assert clock.sleeper_count == 1
        await clock.advance(55.0)
    assert woken[-1] == ("never", 60.0)


async def test_one_advance_runs_a_loop_that_sleeps_again(clock: ManualClock) -> None:
    began_at = clock.now()
    beats: list[float] = []

    async def heart() -> None:
        while True:
            await clock.sleep(10)
            beats.append(clock.now() - began_at)

    task = asyncio.create_task(heart())
    await clock.advance(35)
    assert beats == [10, 20, 30]
    assert clock.now() - began_at == 35
    task.cancel()


async def test_a_cancelled_sleeper_is_forgotten(clock: ManualClock) -> None:
    task = asyncio.create_task(clock.sleep(5))
    await clock.settle()
    task.cancel()
    await clock.advance(10)
    assert clock.sleeper_count == 0
    assert task.cancelled()


def test_a_jump_of_the_wall_clock_leaves_durations_alone(clock: ManualClock) -> None:
    before = clock.now()
    clock.jump(-3600)
    assert clock.now() == before - 3600
    assert clock.monotonic() == 0


def test_identifiers_repeat_with_the_seed_and_sort_by_birth() -> None:
    first, again, other = SeededIds(seed=7), SeededIds(seed=7), SeededIds(seed=8)
    ids = [first("con") for _ in range(200)]
    assert ids == [again("con") for _ in range(200)]
    assert ids == sorted(set(ids))
    assert other("con") not in ids
