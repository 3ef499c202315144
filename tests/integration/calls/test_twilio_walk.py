"""The whole walk of a call over the carrier, on a calm day and on days when all goes wrong."""

import random
from pathlib import Path

import pytest

from channels._twilio.carrier.faults import Faults
from hub.store.engine import Store
from tests.support.clock import ManualClock
from tests.support.twilio_line import TwilioLine, twilio_line
from tests.support.twilio_walk import Walk

TEN = range(0, 100, 10)
FIFTY = range(1000, 2000, 50)


async def test_from_the_menu_in_chinese_to_the_score(
    store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    async with twilio_line(store, clock, tmp_path) as line:
        amara, ben = [await line.add_agent(agent) for agent in ("amara", "ben")]
        await Walk(line, amara, ben, await line.add_customer()).go()


@pytest.mark.parametrize("first", TEN)
async def test_on_bad_days_all_ends_well_and_nothing_is_announced_twice(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path, first: int
) -> None:
    async with twilio_line(sqlite_store, clock, tmp_path) as line:
        await bad_days(line, range(first, first + TEN.step))


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", FIFTY)
async def test_a_thousand_bad_days(
    sqlite_store: Store, clock: ManualClock, tmp_path: Path, first: int
) -> None:
    async with twilio_line(sqlite_store, clock, tmp_path) as line:
        await bad_days(line, range(first, first + FIFTY.step))


async def bad_days(line: TwilioLine, seeds: range) -> None:
    """Walk once per seed; what went wrong is told with its seed."""
    amara, ben = [await line.add_agent(agent) for agent in ("amara", "ben")]
    seen: dict[str, int] = {}
    for seed in seeds:
        customer = await line.add_customer(seed)
        line.carrier.faults = line.carrier.messenger.faults = Faults(
            random=random.Random(seed), delay_seconds=3.0, double=0.2, lose_request=0.1,
            lose_answer=0.1, seen=seen,
        )  # fmt: skip
        try:
            await Walk(line, amara, ben, customer).go()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {line.story()}") from error
    assert all(seen.get(fault) for fault in ("double", "lose_request", "lose_answer")), seen
