"""One browser, several people, several tabs: over real sockets, with the journey behind them."""

from typing import Any

from websockets.asyncio.client import ClientConnection

from hub.domain.events import CustomerProved
from hub.journey import answer, converse
from hub.store.rows import find
from hub.store.tables import Contact
from tests.integration.web_chat.test_real_sockets import ask, hello, next_of, serving
from tests.support.world import World
from tests.unit.web_chat.test_identity import add_customer, token

Frame = dict[str, Any]


async def in_talk(world: World, page: ClientConnection) -> tuple[Frame, str]:
    """A guest who talks to an agent."""
    welcome = await hello(page)
    await world.add_agent("amara")
    await ask(page, "ack", type="say", id="m1", text="an agent please")
    await ask(page, "ack", type="say", id="m2", text="an agent, please, again")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    return welcome, await contact_of(world, welcome)


async def contact_of(world: World, welcome: Frame) -> str:
    rows = await world.hub.reader.rows(find(Contact, "id", conversation_id=welcome["conversation"]))
    assert len(rows) == 1
    return str(rows[0][0])


async def refused(page: ClientConnection, **more: Any) -> str:
    said = {"type": "hello", "widget": "demo", "lang": "en", **more}
    code: str = (await ask(page, "refused", **said))["code"]
    return code


async def test_a_guest_who_signs_in_goes_on_in_the_same_contact(world: World) -> None:
    await add_customer(world)
    async with serving(world) as opened:
        async with opened() as page:
            guest, contact_id = await in_talk(world, page)
        async with opened() as page:
            signed = await hello(page, token=token(world), resume=guest["resume"])
            assert (signed["conversation"], signed["signed_in"]) == (guest["conversation"], True)
            assert "an agent please" in [message["text"] for message in signed["messages"]]
            rows = await world.hub.reader.rows(
                find(Contact, "customer_id", "identity_level", "owner_agent_id", id=contact_id)
            )
            assert rows == [("cus_1", 2, "amara")]
            told = [one for one in await world.events() if isinstance(one, CustomerProved)]
            assert [(one.contact_id, one.method) for one in told] == [
                (contact_id, "signed_in_page")
            ]
        async with opened() as page:
            again = await hello(page, resume=signed["resume"])
            assert again["conversation"] == guest["conversation"]


async def test_the_guests_token_is_worthless_after_that(world: World) -> None:
    await add_customer(world)
    async with serving(world) as opened:
        async with opened() as page:
            guest, _ = await in_talk(world, page)
        async with opened() as page:
            await hello(page, token=token(world), resume=guest["resume"])
        async with opened() as page:
            assert await refused(page, resume=guest["resume"]) == "bad_resume"
        async with opened() as page:
            other = await hello(
                page, token=token(world, jti="jti-00000002"), resume=guest["resume"]
            )
            assert other["conversation"] != guest["conversation"], "not a second time"


async def test_what_a_guest_said_and_ended_is_not_a_customers(world: World) -> None:
    await add_customer(world)
    async with serving(world) as opened:
        async with opened() as page:
            guest = await hello(page)
            await ask(page, "ack", type="say", id="m1", text="hello")
            await ask(page, "done", type="leave", id="l1")
        async with opened() as page:
            signed = await hello(page, token=token(world), resume=guest["resume"])
            assert signed["conversation"] != guest["conversation"]
            assert signed["messages"] == []


async def test_another_customers_token_beside_ones_own_word_opens_nothing(world: World) -> None:
    await add_customer(world)
    async with serving(world) as opened:
        async with opened() as page:
            mine = await hello(page, token=token(world))
            await ask(page, "ack", type="say", id="m1", text="mine")
        for n, strange in enumerate((mine["resume"], "vis_none.abc", "x")):
            async with opened() as page:
                jti = f"jti-0000010{n}"
                signed = await hello(page, token=token(world, jti=jti), resume=strange)
                assert signed["conversation"] == mine["conversation"], "one's own, by one's word"


async def test_two_tabs_are_one_chat(world: World) -> None:
    async with serving(world) as opened, opened() as one, opened() as two:
        welcome, contact_id = await in_talk(world, one)
        again = await hello(two, resume=welcome["resume"])
        assert again["conversation"] == welcome["conversation"]
        await ask(two, "ack", type="say", id="t2", text="from the second tab")
        assert await _until(one, "from the second tab")
        await converse.say(world.hub, "amara", contact_id=contact_id, key="a1", text="to both")
        assert await _until(one, "to both")
        assert await _until(two, "to both")
        assert await contact_of(world, welcome) == contact_id, "still one Contact"


async def _until(page: ClientConnection, text: str) -> bool:
    while (await next_of(page, "msg"))["text"] != text:
        pass
    return True
