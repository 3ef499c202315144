"""A card number typed in pieces is stored nowhere, and pages that showed a piece forget it."""

import asyncio

import pytest

from hub.domain.events import MessageMasked
from hub.journey import answer
from hub.journey.converse import submit_customer_text
from hub.journey.messages import Posted, messages_of
from tests.support.world import World


async def type_in(world: World, first: Posted, text: str) -> None:
    """The customer types into an open Contact: the hot path."""
    stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def done(result: Posted | BaseException) -> None:
        assert isinstance(result, Posted), result
        stored.set_result(None)

    submit_customer_text(
        world.hub, conversation_id=first.conversation_id, contact_id=first.contact_id,
        key=world.hub.new_id("msg"), text=text, done=done,
    )  # fmt: skip
    await stored
    await world.hub.journal.caught_up()


async def texts_of(world: World, conversation_id: str) -> list[str]:
    """What is stored of the customer's words."""
    found = await messages_of(world.hub, conversation_id)
    return [one.body["text"] for one in found if one.speaker == "customer"]


@pytest.mark.parametrize(
    ("pieces", "stored"),
    [
        (["my card is 4111 1111", "1111 1111"], ["my card is •••• ••••", "•••• 1111"]),
        (["4111", "1111", "1111", "1111 thanks"], ["••••"] * 3 + ["•••• 1111 thanks"]),
        (["４１１１ １１１１", "１１１１１１１１"], ["•••• ••••", "•••• 1111"]),
        (["room 4111 1111", "1112 please"], ["room 4111 1111", "1112 please"]),
    ],
)
async def test_pieces_of_a_card_are_masked_where_they_lie(
    world: World, pieces: list[str], stored: list[str]
) -> None:
    first = await world.customer_says("hello")
    for text in pieces:
        await type_in(world, first, text)
    assert (await texts_of(world, first.conversation_id))[1:] == stored
    masked = [event.seq for event in await world.events() if isinstance(event, MessageMasked)]
    assert len(masked) == sum("•" in text for text in stored[:-1])


async def test_words_of_the_agent_between_do_not_hide_it(world: World) -> None:
    first = await world.customer_says("an agent please")
    await world.customer_says("agent")
    await world.add_agent("amara")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    await type_in(world, first, "4111111111")
    await type_in(world, first, "111111")
    assert (await texts_of(world, first.conversation_id))[-2:] == ["••••••••••", "•••• 1111"]


async def test_a_channel_that_calls_receive_is_covered_too(world: World) -> None:
    first = await world.customer_says("4111 1111")
    await world.customer_says("1111 1111")
    assert await texts_of(world, first.conversation_id) == ["•••• ••••", "•••• 1111"]


async def test_digits_of_yesterday_do_not_go_on(world: World) -> None:
    first = await world.customer_says("4111 1111")
    await world.clock.advance(601)
    await type_in(world, first, "1111 1111")
    assert await texts_of(world, first.conversation_id) == ["4111 1111", "1111 1111"]
