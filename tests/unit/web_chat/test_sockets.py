"""A talk over the socket on the real journey and store: nothing lost, nothing doubled."""

import asyncio

from hub.journey import close, converse
from hub.journey.messages import messages_of
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.waiting import until
from tests.support.world import World
from tests.unit.web_chat.page import agent_says, site, texts, with_agent


async def test_a_visitor_is_welcomed_greeted_and_answered(world: World) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        assert welcome["state"] == {"phase": "new"}
        greeting = await page.next("msg")
        assert (greeting["speaker"], greeting["kind"]) == ("bot", "menu")
        assert greeting["choices"] == [{"value": "agent", "label": "Person"}]
        page.send(type="choose", id="c1", value="agent", text="Person")
        ack = await page.next("ack", id="c1")
        assert ack["seq"] == greeting["seq"] + 1
        await world.settle()
        state = await page.next("state", phase="queue")
        assert state["queue"] == {"en": "Cards", "zh": "银行卡"}
        assert state["position"] == 1


async def test_agent_joins_talks_sees_and_ends(world: World) -> None:
    async with site(world) as opened:
        page, _ = await opened.greeted()
        contact_id = await with_agent(opened, page)
        said = await converse.say(
            world.hub, "amara", contact_id=contact_id, key="a1", text="Good morning"
        )
        heard = await page.next("msg", text="Good morning")
        assert (heard["seq"], heard["name"]["en"], "key" in heard) == (said.seq, "amara", False)
        await converse.note(world.hub, "amara", contact_id=contact_id, key="n1", text="secret note")
        page.send(type="say", id="m1", text="4111 1111 1111 1111")
        ack = await page.next("ack", id="m1")
        await converse.mark_seen(
            world.hub, conversation_id=said.conversation_id, seq=ack["seq"], by="staff"
        )
        await page.next("seen", seq=ack["seq"])
        await close.close(world.hub, contact_id, by="amara", reason="done")
        rate = await page.next("state", phase="rate")
        page.send(
            type="rate", id="r1", survey=rate["survey"], score=5, tags=["fast"], comment="谢谢"
        )
        await page.next("done", id="r1")
        await page.next("state", phase="closed")
        page.send(type="rate", id="r2", survey=rate["survey"], score=1)
        assert (await page.next("refused", id="r2"))["code"] == "survey_answered"
        everything = str(page.seen)
        assert "secret note" not in everything
        assert "amara" not in everything.replace("'en': 'amara'", "").replace(
            "'name_en': 'amara'", ""
        )
        assert "4111 1111 1111" not in str(await texts(world, said.conversation_id))


async def test_hidden_words_are_hidden_on_the_page_that_wrote_them(world: World) -> None:
    async with site(world) as opened:
        page, _ = await opened.greeted()
        await with_agent(opened, page)
        page.send(type="say", id="m1", text="my ID is 110101199003078515")
        assert (await page.next("msg", key="m1"))["text"] == "my ID is ••••••"
        page.send(type="say", id="m2", text="4111 1111")
        await page.next("ack", id="m2")
        page.send(type="say", id="m3", text="1111 1111")
        assert "1111 1111" not in (await page.next("msg", key="m3"))["text"]
        await page.next("msg", key="m2", text="•••• ••••")


async def test_the_same_id_again_is_the_same_message(world: World) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        page.send(type="say", id="m1", text="hello")
        first = await page.next("ack", id="m1")
        page.send(type="say", id="m1", text="hello")
        again = await page.next("ack", id="m1")
        assert (first["seq"], first["at"]) == (again["seq"], again["at"])
        assert (await texts(world, welcome["conversation"])).count("hello") == 1


async def test_after_the_end_the_next_words_open_a_new_contact(world: World) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        contact_id = await with_agent(opened, page)
        await close.close(world.hub, contact_id, by="amara", reason="done")
        page.send(type="say", id="late1", text="one more thing")
        page.send(type="say", id="late2", text="and another")
        one, two = await page.next("ack", id="late1"), await page.next("ack", id="late2")
        assert one["seq"] < two["seq"]
        rows = await world.hub.reader.rows(
            find(Contact, "id", "state", conversation_id=welcome["conversation"])
        )
        assert sorted(state == "closed" for _, state in rows) == [False, True]


async def test_coming_back_shows_exactly_what_was_missed(world: World) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        contact_id = await with_agent(opened, page)
        await agent_says(world, contact_id, "one")
        cursor = (await page.next("msg", text="one"))["seq"]
        await page.drop()
        for text in ("two", "three"):
            await agent_says(world, contact_id, text)
        again = opened.open()
        back = await again.hello(
            resume=welcome["resume"], conversation=welcome["conversation"], cursor=cursor
        )
        assert [m["text"] for m in back["messages"]] == ["two", "three"]
        assert (back["fresh"], back["state"]["phase"]) == (False, "agent")
        await agent_says(world, contact_id, "four")
        assert await again.next("msg", text="four")
        fresh = opened.open()
        whole = await fresh.hello(resume=back["resume"])
        assert whole["fresh"]
        assert [m["seq"] for m in whole["messages"]] == sorted(m["seq"] for m in whole["messages"])
        assert whole["messages"][-1]["text"] == "four"


async def test_messages_that_come_during_the_welcome_are_given_once_and_in_order(
    world: World,
) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        contact_id = await with_agent(opened, page)

        async def talk() -> None:
            for n in range(60):
                await converse.say(
                    world.hub, "amara", contact_id=contact_id, key=f"k{n}", text=f"t{n}"
                )

        talking = asyncio.create_task(talk())
        others = []
        resume = welcome["resume"]
        for _ in range(6):
            other = opened.open()
            resume = (await other.hello(resume=resume))["resume"]
            others.append(other)
        await talking
        last = (await messages_of(world.hub, welcome["conversation"], limit=1))[0].seq
        for other in others:
            got = await other.given(last)
            assert got == sorted(set(got))
        got = await page.given(last)
        # Its own words may be told twice: by their acknowledgement and by the log.
        assert got == sorted(got)


async def test_older_messages_come_in_pages(world: World) -> None:
    async with site(world, page_messages=5) as opened:
        page, welcome = await opened.greeted()
        for n in range(12):
            page.send(type="say", id=f"m{n}", text=f"t{n}")
            await page.next("ack", id=f"m{n}")
        other = opened.open()
        back = await other.hello(resume=welcome["resume"])
        assert (len(back["messages"]), back["more"]) == (5, True)
        got = list(back["messages"])
        while True:
            other.send(type="more", before=got[0]["seq"])
            older = await other.next("page")
            got = older["messages"] + got
            if not older["more"]:
                break
        assert [m["seq"] for m in got] == list(range(1, got[-1]["seq"] + 1))


async def test_typing_goes_both_ways_and_never_back_to_its_writer(world: World) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        heard: list[str] = []
        opened.hub.signal.subscribe("typing", heard.append)
        page.send(type="typing", on=True)
        page.send(type="ping")
        await page.next("pong")
        await converse.type_in(
            opened.hub, conversation_id=welcome["conversation"], by="amara", on=True
        )
        assert (await page.next("typing"))["on"]
        assert '"by": "customer"' in heard[0]
        assert [f for f in page.seen if f["type"] == "typing"] == [{"type": "typing", "on": True}]


async def test_a_change_of_place_in_line_is_told(world: World) -> None:
    async with site(world) as opened:
        first, second = opened.open(), opened.open()
        for number, page in enumerate((first, second), start=1):
            await page.hello()
            page.send(type="say", id="ask", text="an agent please")
            await page.next("ack", id="ask")
            await world.settle()
            assert await page.next("state", phase="queue", position=number)
        first.send(type="leave", id="l1")
        await first.next("done", id="l1")
        await first.next("state", phase="closed")
        await world.clock.advance(5)
        assert await second.next("state", phase="queue", position=1)


async def test_outside_hours_the_message_is_kept_and_the_opening_told(world: World) -> None:
    opens_at = world.clock.now() + 3600
    world.hub.setup.closed_until["cards"] = opens_at  # type: ignore[attr-defined]
    async with site(world) as opened:
        page = opened.open()
        await page.hello()
        page.send(type="say", id="ask", text="an agent please")
        await page.next("ack", id="ask")
        await world.settle()
        assert await page.next("state", phase="outside_hours", opens_at=opens_at)
        line = await page.next("msg", event="outside_hours")
        assert line["data"] == {"opens_at": f"{opens_at:.0f}"}
        await world.pass_time(3605)
        assert await page.next("state", phase="queue")


async def test_silence_is_warned_and_closes_and_the_way_back_is_open(world: World) -> None:
    async with site(world) as opened:
        page, _ = await opened.greeted()
        contact_id = await with_agent(opened, page)
        await agent_says(world, contact_id, "Are you there?")
        await world.pass_time(305)
        warning = await page.next("msg", event="silence_warning")
        assert float(warning["data"]["closes_at"]) > world.clock.now()
        assert warning["text"] == world.hub.conduct.silence_warning["en"]
        await world.pass_time(65)
        closed = await page.next("msg", event="closed")
        assert closed["data"].pop("reference")
        assert closed["data"] == {"by": "system", "reason": "silence"}
        await page.next("state", phase="rate")
        page.send(type="say", id="back", text="sorry, I am back")
        assert await page.next("ack", id="back")


async def test_the_agent_hears_that_the_customers_page_came_and_went(world: World) -> None:
    async with site(world) as opened:
        heard: list[str] = []
        opened.hub.signal.subscribe("customer_page", heard.append)
        page = opened.open()
        welcome = await page.hello()
        other = opened.open()
        await other.hello(resume=welcome["resume"])
        await page.drop()
        await other.drop()
        await until(lambda: len(heard) == 2)
        assert ["true" in word for word in heard] == [True, False]
