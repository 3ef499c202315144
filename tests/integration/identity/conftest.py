"""A talk with Mei Tan, who has said who she is and proved nothing."""

import pytest_asyncio

from tests.support.identity import AGENT, HUSBAND, PROFILE, SUPERVISOR, Talks
from tests.support.world import World, world

__all__ = ["world"]


@pytest_asyncio.fixture
async def talks(world: World) -> Talks:
    """Mei, her husband Jun who shares one of her accounts, and an agent who is free."""
    talks = Talks(world)
    await world.add_agent(AGENT)
    await talks.hire(SUPERVISOR, "supervisor")
    await talks.add_customer("mei", PROFILE, accounts=("1", "2"))
    await talks.add_customer("jun", HUSBAND, accounts=("9",))
    await talks.add_party("pty_jun", "mei", "jun", "joint_holder", "mei_2")
    return talks
