"""`kill -9` at random moments and at every named place: what was acknowledged is there, once.

A failure names its seed; `HUB_TEST_KILL_SEED` replays the moments (not the machine's scheduling).
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from config.demo.robots.agent import sign_in
from config.settings import Settings
from config.wiring import build
from hub.adapters.crashpoints import CRASH_POINTS, EXIT_CODE
from hub.journey.messages import messages_of
from hub.store import crash_points
from tests.support.hub_server import HubServer
from tests.support.invariants import broken
from tests.support.tireless import Outbox, TirelessAgent, TirelessCustomer

SEED = int(os.environ.get("HUB_TEST_KILL_SEED", "20261"))
KILLS = 8
CUSTOMERS = 4
AGENTS = ("ben", "sara")
LIFE_SECONDS = (0.3, 1.2)
END_SECONDS = 30.0


class Crowd:
    """Customers and agents of one test."""

    def __init__(self, hub: HubServer) -> None:
        self.hub = hub
        self.customers = [
            TirelessCustomer(
                hub, Outbox(f"customer{n}"), token=hub.demo_token() if n == 0 else None
            )
            for n in range(CUSTOMERS)
        ]
        self.agents = [
            TirelessAgent(hub, sign_in(hub.origin, login), Outbox(login)) for login in AGENTS
        ]

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let them talk; at the end let them finish what they began."""
        people: tuple[TirelessCustomer | TirelessAgent, ...] = (*self.customers, *self.agents)
        tasks = [asyncio.create_task(one.run()) for one in people]
        try:
            yield
            for one in people:
                one.done = True
            async with asyncio.timeout(END_SECONDS):
                await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def outboxes(self) -> list[Outbox]:
        """What each of them wrote."""
        return [*(one.outbox for one in self.customers), *(one.outbox for one in self.agents)]

    async def until_all_talk(self) -> None:
        """Customers have been acknowledged several words, and some agent has answered."""
        async with asyncio.timeout(END_SECONDS):
            while not self._all_talk():  # noqa: ASYNC110  they are pages, which wake nobody
                await asyncio.sleep(0.02)

    def _all_talk(self) -> bool:
        customers = all(len(one.outbox.acked) > 3 for one in self.customers)
        return customers and any(one.outbox.acked for one in self.agents)

    def acked(self) -> int:
        """How many messages the hub has promised to keep."""
        return sum(len(one.acked) for one in self.outboxes)


@pytest.mark.timeout(300)  # nine starts of the whole product, each while others use the machine
async def test_random_kills_lose_and_double_nothing(hub_server: HubServer) -> None:
    dice = Random(SEED)
    await asyncio.to_thread(hub_server.start)
    crowd = await asyncio.to_thread(Crowd, hub_server)
    promised = []
    async with crowd.at_work():
        await crowd.until_all_talk()
        for _kill in range(KILLS):
            await asyncio.sleep(dice.uniform(*LIFE_SECONDS))
            promised.append(crowd.acked())
            await hub_server.restart_after_kill()
    assert crowd.acked() > promised[-1] > promised[0], f"seed {SEED}: talk went on {promised}"
    await _nothing_lost(crowd, f"seed {SEED}")


@pytest.mark.parametrize("point", [crash_points.BEFORE_COMMIT, crash_points.AFTER_COMMIT])
async def test_a_crash_at_a_named_place_loses_and_doubles_nothing(
    hub_server: HubServer, point: str
) -> None:
    await asyncio.to_thread(hub_server.start)
    crowd = await asyncio.to_thread(Crowd, hub_server)
    async with crowd.at_work():
        await crowd.until_all_talk()
        hub_server.kill()
        for passing in (1, 40):  # the first commit of a start-up, and under way
            await asyncio.to_thread(hub_server.launch, HUB_CRASH=f"{point}:{passing}")
            assert await asyncio.to_thread(hub_server.exit_code) == EXIT_CODE
        await asyncio.to_thread(hub_server.start)
    await _nothing_lost(crowd, point)


def test_every_declared_place_is_crashed_at() -> None:
    """Not here: the outbox's wait for their test; the demo core's are in the tests of orders."""
    journal = {crash_points.BEFORE_COMMIT, crash_points.AFTER_COMMIT}
    elsewhere = ("outbox.", "demo_core.")
    assert {name for name in CRASH_POINTS if not name.startswith(elsewhere)} == journal


async def _nothing_lost(crowd: Crowd, when: str) -> None:
    hub = crowd.hub
    for customer in crowd.customers:
        await customer.look()
    await asyncio.to_thread(hub.stop)
    stored = await _read_stopped(hub.data, [one.conversation for one in crowd.customers])
    assert not [key for one in crowd.outboxes for key in one.twice], when
    assert all(not one.waiting for one in crowd.outboxes), when
    for customer in crowd.customers:
        _customer_is_whole(crowd, customer, stored[customer.conversation], when)
    for agent in crowd.agents:
        for conversation, shown in agent.shown.items():
            if conversation in stored:
                assert {n: stored[conversation][n] for n in shown} == shown, when
    refusals = {c for one in crowd.customers for c in one.refusals}
    refusals |= {c for one in crowd.agents for c in one.refusals}
    assert refusals <= {"busy", "too_many", "no_contact", "stopping"}, when


def _customer_is_whole(
    crowd: Crowd, customer: TirelessCustomer, stored: dict[int, str], when: str
) -> None:
    said = {seq: customer.outbox.texts[key] for key, seq in customer.outbox.acked.items()}
    for agent in crowd.agents:
        for key, seq in agent.outbox.acked.items():
            if agent.conversation_of[agent.contact_of[key]] == customer.conversation:
                said[seq] = agent.outbox.texts[key]
    assert {seq: stored[seq] for seq in said} == said, f"{when}: acknowledged, and as it was said"
    texts = list(stored.values())
    assert all(texts.count(text) == 1 for text in said.values()), f"{when}: once"
    assert sorted(stored) == list(range(1, len(stored) + 1)), f"{when}: numbers without gaps"
    shown = {seq: one["text"] for seq, one in customer.seen.items()}
    assert {seq: shown.get(seq) for seq in said} == said, f"{when}: the customer saw all of it"


async def _read_stopped(data: Path, conversations: list[str]) -> dict[str, dict[int, str]]:
    """Open the store of a hub that has ended: invariants, and the words of these talks."""
    application = await build(Settings(data_dir=data))
    try:
        assert await broken(application.hub) == []
        found: dict[str, dict[int, str]] = {}
        for conversation in conversations:
            messages: list[Any] = await messages_of(
                application.hub, conversation, before_seq=2**31 - 1, limit=100_000
            )
            found[conversation] = {one.seq: one.body.get("text", "") for one in messages}
        return found
    finally:
        await application.foundation.close()
