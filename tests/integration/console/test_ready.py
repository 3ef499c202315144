"""An Offer whose record was made ready goes out with its commit, complete, and to nobody else."""

import pytest

from agent_console.console import Console
from agent_console.feed.ready import READY_SECONDS
from hub.domain.events import Logged, SilenceWarned
from hub.journey import presence
from tests.integration.console.desk import FoldingPage, fresh_state
from tests.support.world import World


class Desk:
    """Two agents on a break, and a customer who waits for one of them."""

    def __init__(self, world: World, console: Console) -> None:
        self.world, self.console = world, console
        self.contact_id = self.conversation_id = ""

    async def open(self) -> tuple[FoldingPage, FoldingPage]:
        pages = []
        for name in ("amara", "bo"):
            await self.world.add_agent(name)
        for name in ("amara", "bo"):
            await presence.set_presence(self.world.hub, name, presence="break", reason="lunch")
            pages.append(FoldingPage(self.console, name))
            await pages[-1].hello()
        await self.world.customer_says(None)
        posted = await self.world.customer_says("an agent please")
        self.contact_id, self.conversation_id = posted.contact_id, posted.conversation_id
        await pages[0].caught_up()
        return pages[0], pages[1]

    async def amara_is_back(self) -> None:
        """The Reservation is made and the log followed; the worker has not read anything."""
        await presence.set_presence(self.world.hub, "amara", presence="available")
        await self.world.settle()
        await self.world.hub.journal.caught_up()


@pytest.fixture
def desk(world: World, console: Console) -> Desk:
    return Desk(world, console)


async def test_the_offer_is_told_with_its_commit_in_one_frame(desk: Desk) -> None:
    amara, bo = await desk.open()
    await desk.amara_is_back()
    assert [one["contact_id"] for one in amara.state["offers"].values()] == [desk.contact_id]
    told = amara.frames[-1][1]["ops"]
    assert [op[:2] for op in told] == [["put", "records"], ["put", "offers"]]
    assert not bo.state["offers"]
    assert not bo.state["records"]
    await amara.caught_up()
    assert len(amara.state["offers"]) == 1
    assert amara.state == await fresh_state(amara)


async def test_what_was_read_long_ago_is_read_again(desk: Desk) -> None:
    amara, _ = await desk.open()
    await desk.world.clock.advance(READY_SECONDS + 0.5)
    await desk.amara_is_back()
    assert not amara.state["offers"]
    await amara.caught_up()
    assert amara.state["offers"]
    assert amara.state == await fresh_state(amara)


async def test_what_has_changed_since_is_read_again(desk: Desk) -> None:
    amara, _ = await desk.open()
    ids = {"contact_id": desk.contact_id, "conversation_id": desk.conversation_id}
    event = SilenceWarned(at=desk.world.clock.now(), closes_at=0.0, **ids)
    desk.console.worker.follower.follow([Logged(position=(0, 0), event=event)])
    await desk.amara_is_back()
    assert not amara.state["offers"]
    await amara.caught_up()
    assert amara.state["offers"]


async def test_two_tabs_of_an_agent_ring_and_fall_silent_together(desk: Desk) -> None:
    amara, _ = await desk.open()
    second = FoldingPage(desk.console, "amara")
    await second.hello()
    await desk.amara_is_back()
    assert amara.state["offers"] == second.state["offers"]
    assert amara.state["offers"]
    await presence.set_presence(desk.world.hub, "amara", presence="break", reason="lunch")
    await desk.world.pass_time(120)
    for page in (amara, second):
        await page.caught_up()
        assert not page.state["offers"]
        assert page.state == await fresh_state(page)
