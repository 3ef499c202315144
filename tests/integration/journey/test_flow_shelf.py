"""Nodes agree on the flows in force: at once by the signal, by a slow look when it is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from hub.journey.context import Hub
from hub.journey.set_up.drafts import save_draft
from hub.journey.set_up.versions import publish
from hub.signals.in_process import InProcessSignal
from ivr.flow.exits import exits_of
from ivr.shelf import KIND, POLL_SECONDS, Shelf
from tests.support.phone_flows import KNOWN, document, menu
from tests.support.waiting import until
from tests.support.world import World

FIRST, SECOND = document({"a": menu("p")}), document({"a": menu("p", "p")})


@asynccontextmanager
async def node(hub: Hub) -> AsyncIterator[Shelf]:
    """A node's shelf that follows what is published."""
    shelf = Shelf({"test": FIRST}, KNOWN)
    await shelf.open(hub)
    following = asyncio.ensure_future(shelf.run())
    try:
        yield shelf
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


def version(shelf: Shelf) -> int:
    found = shelf.current("test")
    assert found is not None
    return found.version


async def put_in_force(hub: Hub) -> None:
    await save_draft(hub, "ines", KIND, "test", SECOND, seen=0, based_on=1)
    await publish(
        hub, "ines", KIND, "test", revision=1, why="more", alone=True,
        require_sound=lambda _document: None,
    )  # fmt: skip


@pytest.mark.parametrize("is_lost", [False, True])
async def test_two_nodes_take_what_one_of_them_publishes(world: World, *, is_lost: bool) -> None:
    hub = world.hub if is_lost else replace(world.hub, signal=InProcessSignal())
    async with node(hub) as one, node(hub) as two:
        await until(lambda: world.clock.sleeper_count >= 2)
        assert (version(one), version(two)) == (1, 1)
        await put_in_force(hub)
        if is_lost:
            await world.clock.advance(POLL_SECONDS)
        await until(lambda: (version(one), version(two)) == (2, 2))
        # Who called before the change still finds the flow of then.
        old = await two.find("test", 1)
        assert old is not None
        ways = [
            len(list(exits_of(one.flow.nodes["a"]))) for one in (old, two.current("test")) if one
        ]
        assert (old.version, ways) == (1, [1, 2])


async def test_nodes_that_start_together_publish_a_file_once(world: World) -> None:
    shelves = [Shelf({"test": FIRST}, KNOWN) for _ in range(4)]
    await asyncio.gather(*(shelf.open(world.hub) for shelf in shelves))
    assert [version(shelf) for shelf in shelves] == [1, 1, 1, 1]
