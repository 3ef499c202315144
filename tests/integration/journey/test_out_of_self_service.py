"""A supervisor steps in while the bot still talks: from then on the bot says nothing."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hub.domain.errors import Refused
from hub.domain.events import ContactAssigned, ContactQueued
from hub.domain.steps import HandOff, Step
from hub.journey import supervise
from hub.journey.messages import messages_of
from hub.reports.live import LiveCounters
from hub.store.rows import find
from hub.store.tables import Reservation
from tests.support.invariants import broken
from tests.support.world import World


async def with_the_bot(world: World) -> tuple[str, str]:
    """A customer has been greeted and has said something the bot may answer."""
    await world.customer_says(None)
    posted = await world.customer_says("hm")
    return posted.contact_id, posted.conversation_id


async def speakers(world: World, conversation_id: str) -> list[str]:
    said = await messages_of(world.hub, conversation_id)
    return [one.speaker for one in said if one.kind != "event"]


async def test_taken_over_from_the_bot_which_then_is_silent(world: World) -> None:
    await world.add_agent("rosa")
    contact_id, conversation_id = await with_the_bot(world)
    assert await speakers(world, conversation_id) == ["bot", "customer", "bot"]
    await supervise.watch(world.hub, "rosa", contact_id=contact_id)
    await supervise.take_over(world.hub, "rosa", contact_id=contact_id)
    await world.customer_says("agent, please")
    await world.customer_says(None, choice="agent")
    assert (await speakers(world, conversation_id))[3:] == ["customer", "customer"]
    given = [e for e in await world.events() if isinstance(e, ContactAssigned)]
    assert [(e.agent_id, e.queue_id, e.cause) for e in given] == [("rosa", "cards", "taken_over")]
    assert not [e for e in await world.events() if isinstance(e, ContactQueued)]
    assert await broken(world.hub) == []


async def test_a_turn_that_was_under_way_is_not_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot thinks while the supervisor takes over: its answer comes too late."""
    await world.add_agent("rosa")
    contact_id, conversation_id = await with_the_bot(world)
    answer = world.hub.self_service.turn

    async def slow_turn(*about: Any) -> Any:
        await supervise.take_over(world.hub, "rosa", contact_id=contact_id)
        return await answer(*about)

    monkeypatch.setattr(world.hub.self_service, "turn", slow_turn)
    with pytest.raises(Refused):
        await world.customer_says("and another thing")
    await world.settle()
    assert (await speakers(world, conversation_id))[3:] == ["customer"]


async def test_moved_from_the_bot_it_begins_to_wait_in_that_queue(world: World) -> None:
    await world.add_agent("amara")
    contact_id, _ = await with_the_bot(world)
    await supervise.reassign(world.hub, "rosa", contact_id=contact_id, queue_id="payments")
    await world.settle()
    assert await world.offer_of("amara") is not None
    counted = LiveCounters(zone=ZoneInfo("UTC"))
    counted.apply_all(await world.events())
    assert counted.queue("payments").offered == 1
    assert counted.figures.handed_off == 0, "self-service did not hand it off"
    assert await broken(world.hub) == []


async def test_a_danger_is_served_before_who_came_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.customer_says(None)
    await world.customer_says("agent, please")
    await world.customer_says(None, visitor="visitor-2")

    def in_danger(*_: Any) -> tuple[dict[str, Any], list[Step]]:
        return {}, [HandOff(queue_id="cards", wants="somebody is at my account", raised=2)]

    monkeypatch.setattr(world.hub.self_service, "_respond", in_danger)
    posted = await world.customer_says("somebody is at my account", visitor="visitor-2")
    queued = [e for e in await world.events() if isinstance(e, ContactQueued)]
    assert [e.priority for e in queued] == [0, 2]
    await world.add_agent("amara")
    await world.settle()
    rows = await world.hub.reader.rows(find(Reservation, "contact_id", agent_id="amara"))
    assert rows[0][0] == posted.contact_id
