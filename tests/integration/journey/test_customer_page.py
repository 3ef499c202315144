"""A place in line is kept for who comes back, and free again when nobody does."""

import asyncio

import pytest

from hub.domain.events import ContactClosed
from hub.journey import answer, customer_page
from hub.store.rows import find
from hub.store.tables import Contact, Timer
from tests.support.world import World

AWAY_SECONDS = 300.0


async def waiting(world: World) -> str:
    """A customer in line; returns the Conversation."""
    await world.customer_says(None)
    return (await world.customer_says("an agent please")).conversation_id


async def ending_of(world: World, conversation_id: str) -> list[tuple[str, str | None]]:
    """State and reason of the Contact."""
    columns = ("state", "end_reason")
    return await world.hub.reader.rows(find(Contact, *columns, conversation_id=conversation_id))


async def test_who_leaves_the_line_and_stays_away_is_abandoned(world: World) -> None:
    conversation = await waiting(world)
    await customer_page.customer_left(world.hub, conversation)
    await world.pass_time(AWAY_SECONDS - 5)
    assert (await ending_of(world, conversation))[0][0] == "queued"
    await world.pass_time(10)
    assert await ending_of(world, conversation) == [("closed", "customer_gone")]
    (closed,) = [event for event in await world.events() if isinstance(event, ContactClosed)]
    assert closed.ending == "abandoned"


async def test_who_comes_back_keeps_the_place(world: World) -> None:
    conversation = await waiting(world)
    await customer_page.customer_left(world.hub, conversation)
    await world.pass_time(AWAY_SECONDS / 2)
    await customer_page.customer_came(world.hub, conversation)
    await world.pass_time(AWAY_SECONDS)
    assert (await ending_of(world, conversation))[0][0] == "queued"
    timer = find(Timer, "id", kind="customer_grace", subject=conversation)
    assert await world.hub.reader.rows(timer) == []


async def test_a_talk_is_not_ended_because_the_page_went_while_waiting(world: World) -> None:
    conversation = await waiting(world)
    await customer_page.customer_left(world.hub, conversation)
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await world.pass_time(AWAY_SECONDS - 10)
    await world.clock.advance(15)
    await customer_page.give_up_customer(world.hub, conversation)
    assert (await ending_of(world, conversation))[0][0] == "assigned"


@pytest.mark.parametrize(("channel", "left"), [("web_chat", "closed"), ("sms", "queued")])
async def test_after_a_restart_nobody_who_is_gone_waits_for_ever(
    world: World, channel: str, left: str
) -> None:
    conversation = await waiting(world)
    expecting = asyncio.create_task(customer_page.expect_the_absent(world.hub, [channel]))
    await world.pass_time(customer_page.COME_BACK_SECONDS)
    await expecting
    await world.pass_time(AWAY_SECONDS + 5)
    assert (await ending_of(world, conversation))[0][0] == left


async def test_who_is_back_when_the_absent_are_counted_keeps_the_place(world: World) -> None:
    conversation = await waiting(world)
    expecting = asyncio.create_task(customer_page.expect_the_absent(world.hub, ["web_chat"]))
    await customer_page.customer_came(world.hub, conversation)
    await world.pass_time(customer_page.COME_BACK_SECONDS)
    await expecting
    await world.pass_time(AWAY_SECONDS + 5)
    assert (await ending_of(world, conversation))[0][0] == "queued"
