"""A hundred seeds in `make test`, a thousand in `make long`."""

from pathlib import Path

import pytest

from hub.store.engine import Store
from tests.simulation.calls_day import CallsDay
from tests.support.calls import with_phone
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.world import make_hub

STEPS = 25


async def day(store: Store, clock: ManualClock, folder: Path, seed: int) -> None:
    world = make_hub(store, clock, SeededIds(seed=seed), folder)
    line = with_phone(world)
    await world.add_agent("amara")
    await CallsDay(line, seed).run(STEPS)


@pytest.mark.parametrize("seed", range(100))
async def test_calls_end_right_over_a_bad_network(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path, seed: int
) -> None:
    await day(sqlite_store, clock, tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 1000))
async def test_calls_end_right_over_a_bad_network_again_and_again(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path, seed: int
) -> None:
    await day(sqlite_store, clock, tmp_path, seed)
