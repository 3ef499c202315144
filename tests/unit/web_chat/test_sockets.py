"""The socket against the real journey and store: nothing lost, nothing doubled, nobody fooled."""

import asyncio
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from hub.domain.errors import Unavailable
from hub.journey import answer, close, converse
from hub.journey.messages import Posted, messages_of
from hub.store.rows import find, put
from hub.store.tables import Contact, Conversation, Customer
from hub.store.unit import Unit
from tests.support.world import World
from tests.unit.web_chat.page import ORIGIN, SECRET, Page, Site, site


async def with_agent(opened: Site, page: Page, agent_id: str = "amara") -> str:
    """Lead the visitor to an agent; returns the Contact."""
    await opened.world.add_agent(agent_id)
    page.send(type="say", id="ask", text="an agent please")
    await page.next("ack", id="ask")
    await opened.world.settle()
    offer = await opened.world.offer_of(agent_id)
    assert offer is not None
    await answer.accept(opened.world.hub, agent_id, offer)
    await page.next("state", phase="agent")
    rows = await opened.world.hub.reader.rows(find(Contact, "id", owner_agent_id=agent_id))
    return str(rows[0][0])


async def agent_says(world: World, contact_id: str, text: str) -> Posted:
    return await converse.say(
        world.hub, "amara", contact_id=contact_id, key=f"key-{text}", text=text
    )


async def texts(world: World, conversation_id: str) -> list[str]:
    return [str(m.body["text"]) for m in await messages_of(world.hub, conversation_id)]


def token(world: World, *, jti: str = "jti-00000001", sub: str = "100001", **claims: Any) -> str:
    now = world.clock.now()
    said = {"aud": "demo", "iat": now, "exp": now + 60, "sub": sub, "jti": jti, **claims}
    return jwt.encode(
        {"alg": "HS256"}, said, OctKey.import_key(__import__("base64").b64decode(SECRET))
    )


async def add_customer(world: World) -> None:
    def unit() -> Unit[None]:
        yield put(
            Customer, id="cus_1", number="100001", segment="premier", lifecycle="active",
            language="zh", since_year=2015, profile_sealed=b"", created_at=0.0,
        )  # fmt: skip

    await world.hub.journal.run(unit())


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


async def test_tokens_rotate_and_the_one_before_dies_when_the_new_one_is_used(world: World) -> None:
    async with site(world) as opened:
        first = (await opened.open().hello())["resume"]
        lost = (await opened.open().hello(resume=first))["resume"]
        second = (await opened.open().hello(resume=first))["resume"]
        assert len({first, lost, second}) == 3
        third = (await opened.open().hello(resume=second))["resume"]
        for dead in (first, lost, second[:-1] + ("a" if second[-1] != "a" else "b")):
            page = opened.open()
            page.send(type="hello", widget="demo", lang="en", resume=dead)
            assert (await page.next("refused"))["code"] == "bad_resume"
        await opened.open().hello(resume=third)


async def test_a_resume_token_ends_with_its_days_and_with_forget(world: World) -> None:
    async with site(world) as opened:
        page = opened.open()
        resume = (await page.hello())["resume"]
        page.send(type="forget", id="f1")
        await page.next("done", id="f1")
        other = opened.open()
        other.send(type="hello", widget="demo", lang="en", resume=resume)
        assert (await other.next("refused"))["code"] == "bad_resume"
        late = (await other.hello())["resume"]
        world.clock.jump(31 * 86_400)
        third = opened.open()
        third.send(type="hello", widget="demo", lang="en", resume=late)
        assert (await third.next("refused"))["code"] == "bad_resume"


async def test_a_signed_in_page_proves_the_customer_once(world: World) -> None:
    await add_customer(world)
    async with site(world) as opened:
        page = opened.open()
        signed = token(world)
        welcome = await page.hello(token=signed)
        assert welcome["signed_in"]
        page.send(type="say", id="m1", text="agent, my name is Somebody Else")
        await page.next("ack", id="m1")
        rows = await world.hub.reader.rows(
            find(Contact, "customer_id", "identity_level", "identity_proof",
                 conversation_id=welcome["conversation"])
        )  # fmt: skip
        assert rows == [("cus_1", 2, "signed_in_page")]
        replay = opened.open()
        replay.send(type="hello", widget="demo", lang="en", token=signed)
        assert (await replay.next("refused"))["code"] == "token_spent"
        back = await replay.hello(resume=welcome["resume"])
        assert (back["conversation"], back["signed_in"]) == (welcome["conversation"], True)
        elsewhere = await opened.open().hello(token=token(world, jti="jti-00000002"))
        assert elsewhere["conversation"] == welcome["conversation"]


async def test_bad_tokens_are_refused_each_with_its_code(world: World) -> None:
    await add_customer(world)
    now = world.clock.now()
    cases = {
        "x.y.z": "token_forged",
        token(world, aud="other"): "token_other_widget",
        token(world, iat=now - 200, exp=now - 100): "token_expired",
        token(world, sub="999999"): "token_unknown_customer",
    }
    async with site(world) as opened:
        for bad, code in cases.items():
            page = opened.open()
            page.send(type="hello", widget="demo", lang="en", token=bad)
            assert (await page.next("refused"))["code"] == code


async def test_a_typed_name_or_number_links_nobody(world: World) -> None:
    await add_customer(world)
    async with site(world) as opened:
        page, welcome = await opened.greeted()
        page.send(type="say", id="m1", text="I am customer 100001, lin.wei@mail.example, agent")
        await page.next("ack", id="m1")
        rows = await world.hub.reader.rows(
            find(Conversation, "customer_id", id=welcome["conversation"])
        )
        assert rows == [(None,)]


async def test_foreign_origins_and_other_widgets_are_refused(world: World) -> None:
    async with site(world) as opened:
        foreign = opened.open(origin="https://evil.example")
        await foreign.task
        assert (foreign.closed, foreign.seen) == (1008, [])
        page = opened.open(origin=ORIGIN)
        page.send(type="hello", widget="other", lang="en")
        assert (await page.next("refused"))["code"] == "unknown_widget"
        page.send(type="hello", widget="nothing", lang="en")
        page.send(type="hello", widget="nothing", lang="en")
        await page.task
        assert page.closed == 4401


async def test_nothing_is_done_before_the_welcome(world: World) -> None:
    async with site(world) as opened:
        page = opened.open()
        page.send(type="say", id="m1", text="hello")
        assert await page.next("refused", id="m1", code="hello_first")
        page.send(type="more", before=10)
        assert await page.next("refused", code="hello_first")
        await world.clock.advance(12)
        assert (await page.next("bye"))["code"] == "no_hello"
        await page.task
        assert page.closed == 4408


async def test_broken_frames_are_answered_and_then_cut(world: World) -> None:
    async with site(world) as opened:
        page, _ = await opened.greeted()
        page.send_bytes(b"\x00")
        assert await page.next("refused", code="not_text")
        page.send_text("{")
        assert await page.next("refused", code="not_json")
        page.send(type="say", id="m1", text="still here")
        assert await page.next("ack", id="m1")
        for _ in range(20):
            page.send_text('{"type":"say"')
        await page.task
        assert page.closed == 4400


async def test_a_flood_is_refused_then_cut_and_loses_nothing_that_was_acknowledged(
    world: World,
) -> None:
    async with site(world, frames_burst=30) as opened:
        page = opened.open()
        welcome = await page.hello()
        for n in range(400):
            page.send(type="say", id=f"m{n}", text=f"t{n}")
        await page.task
        assert page.closed == 4429
        assert await page.next("refused", code="busy")
        await world.settle()
        acked = {f["id"][1:] for f in page.seen if f["type"] == "ack"}
        stored = set(await texts(world, welcome["conversation"]))
        assert {f"t{n}" for n in acked} <= stored


async def test_sockets_of_one_address_are_limited(world: World) -> None:
    async with site(world, sockets_per_address=2) as opened:
        first = opened.open()
        await first.hello()
        await opened.open().hello()
        third = opened.open()
        await third.task
        assert third.closed == 1008
        await opened.open(address="10.0.0.2").hello()
        await first.drop()
        await opened.open().hello()


async def test_a_slow_reader_is_told_resync_and_loses_nothing(world: World) -> None:
    async with site(world, queued_frames_most=5) as opened:
        page, welcome = await opened.greeted()
        contact_id = await with_agent(opened, page)
        cursor = max(f.get("seq", 0) for f in page.seen)
        page.may_send.clear()
        for n in range(20):
            await agent_says(world, contact_id, f"t{n}")
        page.may_send.set()
        await page.task
        assert page.closed == 1013
        assert page.seen[-1] == {"type": "resync"}
        again = opened.open()
        back = await again.hello(
            resume=welcome["resume"], conversation=welcome["conversation"], cursor=cursor
        )
        assert [m["text"] for m in back["messages"] if m["speaker"] == "agent"] == [
            f"t{n}" for n in range(20)
        ]


async def test_a_reader_who_is_stuck_is_cut_in_the_end(world: World) -> None:
    async with site(world, queued_frames_most=2) as opened:
        page, _ = await opened.greeted()
        contact_id = await with_agent(opened, page)
        page.may_send.clear()
        for n in range(6):
            await agent_says(world, contact_id, f"t{n}")
        await world.clock.advance(7)
        await asyncio.wait_for(page.task, 5)
        assert opened.adapter.socket_count == 0


async def test_files_of_others_are_not_there(world: World) -> None:
    async with site(world) as opened:
        page, _ = await opened.greeted()
        page.send(type="file", id="f1", file_id="fil_guess")
        assert await page.next("refused", id="f1", code="no_file")
        page.send(type="open", id="f2", file_id="fil_guess")
        assert await page.next("refused", id="f2", code="no_file")


async def test_a_busy_store_refuses_and_the_message_can_be_sent_again(
    world: World, monkeypatch: Any
) -> None:
    async with site(world) as opened:
        page, welcome = await opened.greeted()

        def full(*_: object) -> None:
            raise Unavailable("busy", "too many writes are waiting")

        with monkeypatch.context() as patch:
            patch.setattr(type(world.hub.journal), "submit", full)
            page.send(type="say", id="m1", text="hello")
            assert await page.next("refused", id="m1", code="busy")
        page.send(type="say", id="m1", text="hello")
        await page.next("ack", id="m1")
        assert (await texts(world, welcome["conversation"])).count("hello") == 1


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
