"""Who comes: tokens that rotate, the bank's word, and what proves nothing."""

import base64
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from channels.web_chat.visitors import YOUNG_SECONDS
from hub.domain.errors import NotFound
from hub.journey.widget_keys import keys_of, make_key, revoke_key, seed_keys
from hub.store.rows import find, put
from hub.store.tables import ChannelState, Contact, Conversation, Customer
from hub.store.unit import Unit
from tests.support.waiting import until
from tests.support.world import World
from tests.unit.web_chat.page import SECRET, site

OTHER_SECRET = base64.b64encode(b"k" * 32).decode()
_kept = find(ChannelState, "value_sealed", "expires_at", channel="web_chat")


def token(
    world: World,
    *,
    jti: str = "jti-00000001",
    sub: str = "100001",
    secret: str = SECRET,
    **claims: Any,
) -> str:
    now = world.clock.now()
    said = {"aud": "demo", "iat": now, "exp": now + 60, "sub": sub, "jti": jti, **claims}
    return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(base64.b64decode(secret)))


async def add_customer(world: World) -> None:
    def unit() -> Unit[None]:
        yield put(
            Customer, id="cus_1", number="100001", segment="premier", lifecycle="active",
            language="zh", since_year=2015, profile_sealed=b"", created_at=0.0,
        )  # fmt: skip

    await world.hub.journal.run(unit())


async def test_tokens_rotate_and_the_one_before_dies_when_the_new_one_is_used(world: World) -> None:
    async with site(world) as opened:
        first = (await opened.open().hello())["resume"]
        world.clock.jump(YOUNG_SECONDS)
        lost = (await opened.open().hello(resume=first))["resume"]
        second = (await opened.open().hello(resume=first))["resume"]
        assert len({first, lost, second}) == 3
        third = (await opened.open().hello(resume=second))["resume"]
        for dead in (first, lost, second[:-1] + ("a" if second[-1] != "a" else "b")):
            page = opened.open()
            page.send(type="hello", widget="demo", lang="en", resume=dead)
            assert (await page.next("refused"))["code"] == "bad_resume"
        await opened.open().hello(resume=third)


async def test_a_guests_young_token_stays_and_its_hello_writes_nothing(world: World) -> None:
    async with site(world) as opened:
        first = await opened.open().hello()
        before = await world.hub.reader.rows(_kept)
        again = await opened.open().hello(resume=first["resume"])
        assert (again["resume"], again["conversation"]) == (first["resume"], first["conversation"])
        assert await world.hub.reader.rows(_kept) == before
        world.clock.jump(YOUNG_SECONDS)
        fresh = (await opened.open().hello(resume=first["resume"]))["resume"]
        assert fresh != first["resume"]
        settled = await opened.open().hello(resume=fresh)
        assert settled["resume"] == fresh
        dead = opened.open()
        dead.send(type="hello", widget="demo", lang="en", resume=first["resume"])
        assert (await dead.next("refused"))["code"] == "bad_resume"


async def test_a_hello_in_the_other_language_turns_the_conversation(world: World) -> None:
    async with site(world) as opened:
        first = await opened.open().hello()
        await opened.open().hello(resume=first["resume"], lang="zh")
        rows = await world.hub.reader.rows(find(Conversation, "language", id=first["conversation"]))
        assert rows == [("zh",)]


async def test_a_signed_in_page_gets_a_fresh_token_each_time(world: World) -> None:
    await add_customer(world)
    async with site(world) as opened:
        first = (await opened.open().hello(token=token(world)))["resume"]
        second = (await opened.open().hello(resume=first))["resume"]
        assert second != first


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


async def test_the_file_gives_two_keys_while_the_bank_changes_over(world: World) -> None:
    await add_customer(world)
    async with site(world, keys=(OTHER_SECRET, SECRET)) as opened:
        page = opened.open()
        page.send(type="hello", widget="demo", lang="en", token=token(world))
        await page.next("welcome")
        expired = token(world, jti="jti-00000009", iat=world.clock.now() - 200,
                        exp=world.clock.now() - 100)  # fmt: skip
        late = opened.open()
        late.send(type="hello", widget="demo", lang="en", token=expired)
        assert (await late.next("refused"))["code"] == "token_expired"


async def test_a_replaced_key_is_taken_for_its_time_and_a_revoked_one_not_at_all(
    world: World,
) -> None:
    await add_customer(world)
    async with site(world) as opened:

        async def said(secret: str, jti: str) -> str:
            page = opened.open()
            word = token(world, secret=secret, jti=jti)
            page.send(type="hello", widget="demo", lang="en", token=word)
            await until(lambda: bool(page.seen))
            return str(page.seen[0].get("code", "welcome"))

        await world.clock.advance(1.0)
        fresh = await make_key(world.hub, "ines", "demo", algorithm="HS256", keep_seconds=3600.0)
        assert fresh is not None
        assert await said(SECRET, "jti-former-1") == "welcome"
        assert await said(fresh, "jti-fresh-1") == "welcome"
        assert await said(OTHER_SECRET, "jti-other-1") == "token_forged"
        await world.clock.advance(3601.0)
        assert await said(SECRET, "jti-former-2") == "token_forged"
        [newest, _] = await keys_of(world.hub, "demo")
        await revoke_key(world.hub, "ines", "demo", newest.id)
        assert await said(fresh, "jti-fresh-2") == "guests_only"
        with pytest.raises(NotFound):
            await revoke_key(world.hub, "ines", "demo", newest.id)
        await seed_keys(world.hub, "demo", "HS256", [SECRET])
        assert await said(SECRET, "jti-former-3") == "guests_only", "the file gives the first only"
