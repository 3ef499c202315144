"""Many seeds in CI; `HUB_SIMULATION_SEEDS` asks for more."""

import os
from pathlib import Path

import pytest

from hub.store.engine import Store
from tests.simulation.day import Day
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.world import World, make_hub

SEEDS = range(int(os.environ.get("HUB_SIMULATION_SEEDS", "12")))
STEPS = 150


@pytest.mark.parametrize("seed", SEEDS)
async def test_invariants_hold_through_a_seeded_day(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path, seed: int
) -> None:
    world: World = make_hub(sqlite_store, clock, SeededIds(seed=seed), tmp_path)
    await Day(world, seed).run(STEPS)
    assert "ContactClosed" in await world.kinds()
