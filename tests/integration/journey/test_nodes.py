"""Who is served by which node: a dead one's agents and customers get the grace time, others not."""

import dataclasses

from hub.journey import customer_page, nodes, presence
from hub.journey.context import CustomerPages, Hub
from hub.store.node_beat import NodeBeat
from hub.store.rows import find
from hub.store.tables import AgentPresence, Timer
from tests.integration.journey.test_customer_page import waiting
from tests.support.world import World


class DeadBeat(NodeBeat):
    """Knows what a test says; strikes out in memory."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    async def forget(self, node: str) -> None:
        """Remember it."""
        self.forgotten.append(node)


def on(world: World, node: str) -> Hub:
    """The same hub as another node sees it."""
    return dataclasses.replace(world.hub, node=node, pages=CustomerPages())


async def presence_of(world: World, agent_id: str) -> str:
    rows = await world.hub.reader.rows(find(AgentPresence, "presence", agent_id=agent_id))
    return str(rows[0][0])


async def expected(world: World) -> set[str]:
    """Conversations whose customer is expected back."""
    return {
        row[0] for row in await world.hub.reader.rows(find(Timer, "subject", kind="customer_grace"))
    }


async def test_a_start_spares_the_agents_of_living_nodes(world: World) -> None:
    for agent, node in (("amara", "a"), ("ben", "b")):
        await world.add_agent(agent)
        await presence.page_came(on(world, node), agent)
    await presence.all_pages_lost(on(world, "a"), {"b"})
    assert await presence_of(world, "amara") == "reconnecting"
    assert await presence_of(world, "ben") == "available"


async def test_a_page_that_came_on_another_node_counts_more(world: World) -> None:
    await world.add_agent("amara")
    await presence.page_came(on(world, "a"), "amara")
    await presence.page_came(on(world, "b"), "amara")
    await presence.page_lost(on(world, "a"), "amara")
    assert await presence_of(world, "amara") == "available"
    await presence.page_lost(on(world, "b"), "amara")
    assert await presence_of(world, "amara") == "reconnecting"


async def test_a_living_node_stands_in_for_a_dead_one(world: World) -> None:
    for agent, node in (("amara", "a"), ("ben", "b")):
        await world.add_agent(agent)
        await presence.page_came(on(world, node), agent)
    gone, moved, other = [await waiting_as(world, name) for name in ("gone", "moved", "other")]
    for conversation, node in ((gone, "a"), (moved, "a"), (other, "b"), (moved, "b")):
        await customer_page.customer_came(on(world, node), conversation)
    beat = DeadBeat()
    for _ in range(2):
        await nodes.stand_in_for(on(world, "b"), beat, "a", ["web_chat"])
    assert await presence_of(world, "amara") == "reconnecting"
    assert await presence_of(world, "ben") == "available"
    assert await expected(world) == {gone}
    assert beat.forgotten == ["a", "a"]
    await customer_page.customer_came(on(world, "b"), gone)
    assert await expected(world) == set()


async def test_an_older_page_elsewhere_does_not_give_up_the_place(world: World) -> None:
    conversation = await waiting(world)
    for node in ("a", "b"):
        await customer_page.customer_came(on(world, node), conversation)
    await customer_page.customer_left(on(world, "a"), conversation)
    assert await expected(world) == set()
    await customer_page.customer_left(on(world, "b"), conversation)
    assert await expected(world) == {conversation}


async def waiting_as(world: World, visitor: str) -> str:
    """A customer in line."""
    await world.customer_says(None, visitor=visitor)
    return (await world.customer_says("an agent please", visitor=visitor)).conversation_id
