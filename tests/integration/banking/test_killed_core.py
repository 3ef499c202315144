"""The real core, slowed to five seconds and killed once in between: applied exactly once."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.adapters.clock import SystemClock
from hub.adapters.core_banking.client import RestCore
from hub.journey.banking import ask
from tests.integration.banking.bank import CARD, Bank
from tests.support.core_bank import CoreProcess
from tests.support.waiting import until
from tests.support.world import World

pytestmark = [pytest.mark.slow, pytest.mark.servers]


@pytest_asyncio.fixture
async def core(core_bank: CoreProcess) -> AsyncIterator[RestCore]:
    client = core_bank.client(SystemClock(), random.Random(1), pause_seconds=0.01)
    yield client
    await client.close()


async def opened(world: World, core: RestCore) -> Bank:
    bank = Bank(world, core)
    await bank.open()
    await ask.block_card(
        bank.hub, "amara", contact_id=bank.contact_id, key="page-key", card_id=CARD, reason="stolen"
    )
    return bank


async def shown_once(bank: Bank, core_bank: CoreProcess) -> None:
    assert await bank.states() == ["applied"]
    assert [order["applied"] for order in core_bank.orders()] == [1]
    [told] = await bank.receipts()
    assert "4417 is blocked" in told.body["text"]


async def test_killed_after_applying_before_it_could_answer(
    world: World, core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.kill()
    core_bank.start(crash="demo_core.after_applying:1")
    core_bank.suffer(delay=5)
    bank = await opened(world, core)
    await bank.act()
    assert core_bank.wait_for_end() == 137
    assert await bank.states() == ["sent"]
    await bank.act()
    assert await bank.states() == ["sent"]
    core_bank.start()
    await bank.act()
    await shown_once(bank, core_bank)


async def test_killed_while_it_was_still_thinking(
    world: World, core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.suffer(delay=5)
    bank = await opened(world, core)
    acting = asyncio.create_task(bank.act())
    await until(lambda: core_bank.seen() == 1)
    core_bank.kill()
    await acting
    assert bank.lost == 1
    assert await bank.states() == ["sent"]
    core_bank.start()
    assert core_bank.orders() == []
    await bank.act(times=2)
    await shown_once(bank, core_bank)


async def test_away_from_the_start_and_then_slow(
    world: World, core: RestCore, core_bank: CoreProcess
) -> None:
    core_bank.kill()
    bank = await opened(world, core)
    await bank.act(times=3)
    assert await bank.states() == ["queued"]
    core_bank.start()
    core_bank.suffer(delay=1)
    await bank.act()
    await shown_once(bank, core_bank)
