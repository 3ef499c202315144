"""The socket of callers' pages and desks, on a real hub, with the media process's parts beside."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from starlette.applications import Starlette

from channels.phone.embedded.caller_page import WAITS_SECONDS, CallerPage
from channels.phone.embedded.settings import CallWidget, EmbeddedSettings
from hub.journey.phones.ready import tell_phone
from hub.journey.widget_keys import seed_keys
from hub.ports import SendLater
from hub.store.engine import Store
from hub.store.rows import find, put
from hub.store.tables import CallLeg, Contact, Customer
from tests.contract.calls.embedded_rig import EmbeddedRig, embedded_rig
from tests.support.clock import ManualClock
from tests.support.ids import SeededIds
from tests.support.units import write
from tests.support.waiting import until

ORIGIN, BANK = "https://hub.bank.example", "https://www.bank.example"
REF = "page-0123456789abcdef"


class Page:
    """A browser's end of one socket."""

    def __init__(self, rig: EmbeddedRig, origin: str = ORIGIN) -> None:
        self.heard: list[dict[str, Any]] = []
        self.closed: int | None = None
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._in.put_nowait({"type": "websocket.connect"})
        scope = {"headers": [(b"origin", origin.encode())], "client": ("127.0.0.1", 1)}
        work = rig.engine.socket(scope, self._in.get, self._take)
        self._task = asyncio.create_task(work)

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self.heard.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.closed = message["code"]

    def say(self, **frame: Any) -> None:
        self._in.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    def raw(self, **event: Any) -> None:
        self._in.put_nowait({"type": "websocket.receive", **event})

    async def gets(self, kind: str, **wanted: Any) -> dict[str, Any]:
        """Wait for a frame of this kind with these fields."""

        def found() -> list[dict[str, Any]]:
            return [f for f in self.heard if f["type"] == kind and wanted.items() <= f.items()]

        try:
            await until(lambda: bool(found()))
        except TimeoutError:
            raise AssertionError(f"no {kind} {wanted} in {self.heard}") from None
        return found()[-1]

    async def go(self, code: int) -> None:
        self._in.put_nowait({"type": "websocket.disconnect", "code": code})
        await self._task


@pytest.fixture
async def rig(
    sqlite_store: Store, clock: ManualClock, new_id: SeededIds, tmp_path: Path
) -> AsyncIterator[EmbeddedRig]:
    async with embedded_rig(sqlite_store, clock, new_id, tmp_path) as made:
        assert isinstance(made, EmbeddedRig)
        settings = EmbeddedSettings(
            folder=tmp_path,
            origins=frozenset({ORIGIN}),
            widgets={"main": CallWidget(origins=frozenset({BANK}))},
        )
        made.engine.exchange.settings = settings
        following = made.hub.journal.follow(made.engine.exchange.states.heard)
        telling = asyncio.create_task(made.engine.exchange.states.run())
        yield made
        telling.cancel()
        following()


async def calling(rig: EmbeddedRig, **hello: Any) -> Page:
    page = Page(rig)
    page.say(type="hello", **{"as": "caller", "lang": "en"}, **hello)
    await page.gets("welcome")
    page.say(type="call", id=REF, sdp="offer", number="9510")
    await page.gets("answer", id=REF)
    return page


async def leg_of(rig: EmbeddedRig) -> tuple[str, str]:
    rows = await rig.hub.reader.rows(find(CallLeg, "id", "state", ref=REF))
    return rows[0][0], rows[0][1]


async def test_a_call_from_hello_to_goodbye_is_shown_step_by_step(rig: EmbeddedRig) -> None:
    page = await calling(rig)
    await page.gets("state", phase="ivr")
    leg_id, _ = await leg_of(rig)
    await rig.until(lambda: rig.board.legs[leg_id].gather)
    page.say(type="digits", digits="2")
    await rig.until(lambda: len([f for f in page.heard if f["type"] == "state"]) > 1)
    shown = await page.gets("state", phase="queue")
    assert set(shown["queue"]) == {"en", "zh"}
    await rig.accept("amara")
    assert (await page.gets("state", phase="call"))["agent"] is not None
    page.say(type="hang_up")
    await until(lambda: leg_id not in rig.board.legs)
    await rig.rest()
    await page.gets("state", phase="ended")
    assert (await leg_of(rig))[1] == "ended"
    await page.go(1000)


@pytest.mark.parametrize(("code", "is_over"), [(1001, True), (1006, False), (1012, False)])
async def test_who_leaves_has_hung_up_and_who_is_cut_off_has_not(
    rig: EmbeddedRig, code: int, is_over: bool
) -> None:
    page = await calling(rig)
    leg_id, _ = await leg_of(rig)
    await page.go(code)
    assert (leg_id not in rig.board.legs) is is_over


async def test_a_page_that_was_cut_off_comes_back_to_its_call(rig: EmbeddedRig) -> None:
    first = await calling(rig)
    leg_id, _ = await leg_of(rig)
    line = rig.board.legs[leg_id].line
    second = Page(rig)
    second.say(type="hello", **{"as": "caller"})
    second.say(type="resume", id=REF, sdp="another offer")
    assert (await second.gets("answer"))["sdp"] == "answer to another offer"
    await second.gets("state", phase="ivr")
    assert rig.board.legs[leg_id].line is not line
    await first.gets("bye", code="replaced")
    await first.go(1000)
    assert leg_id in rig.board.legs
    second.say(type="hang_up")
    await until(lambda: leg_id not in rig.board.legs)
    await rig.rest()
    second.say(type="resume", id=REF, sdp="too late")
    await second.gets("refused", code="no_call")
    await second.go(1006)


async def test_the_same_call_twice_is_one(rig: EmbeddedRig) -> None:
    page = await calling(rig)
    page.say(type="call", id=REF, sdp="again", number="9510")
    await until(lambda: len([f for f in page.heard if f["type"] == "answer"]) == 2)
    assert len(rig.board.legs) == 1
    page.say(type="call", id=f"{REF}-other", sdp="x", number="9510")
    await page.gets("refused", code="already_calling")
    await page.go(1006)


async def test_without_the_media_process_nobody_is_called(rig: EmbeddedRig) -> None:
    async def away(do: str, **words: Any) -> Any:
        raise SendLater("engine_away")

    rig.engine.exchange.link.ask = away  # type: ignore[method-assign]
    page = Page(rig)
    page.say(type="hello", **{"as": "caller"})
    page.say(type="call", id=REF, sdp="offer", number="9510")
    await page.gets("refused", code="engine_away", id=REF)
    assert await rig.hub.reader.rows(find(Contact, "id")) == []
    await page.go(1000)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "call", "id": REF, "sdp": "", "number": "1234567"}, "unknown_number"),
        ({"type": "call", "id": "short", "sdp": "", "number": "9510"}, "bad_field"),
        ({"type": "call", "id": REF, "sdp": "x" * 40_000, "number": "9510"}, "bad_field"),
        ({"type": "resume", "id": REF, "sdp": ""}, "no_call"),
        ({"type": "digits", "digits": "1"}, "no_call"),
        ({"type": "digits", "digits": "12a"}, "bad_field"),
        ({"type": "digits", "digits": "1" * 33}, "bad_field"),
        ({"type": "up", "sdp": "x"}, "unknown_type"),
        ({"type": "nonsense"}, "unknown_type"),
        ({"type": "hang_up", "extra": 1}, "unknown_field"),
        ({"type": "hello", "as": "caller"}, "already_welcomed"),
    ],
)
async def test_what_a_caller_may_not_say_is_refused(
    rig: EmbeddedRig, frame: dict[str, Any], code: str
) -> None:
    page = Page(rig)
    page.say(type="hello", **{"as": "caller"})
    page.say(**frame)
    await page.gets("refused", code=code)
    page.say(type="ping")
    await page.gets("pong")
    await page.go(1000)


@pytest.mark.parametrize("token", ["", "forged", "a.b"])
async def test_a_desk_without_a_good_grant_is_nobody(rig: EmbeddedRig, token: str) -> None:
    page = Page(rig)
    page.say(type="hello", token=token or "x", **{"as": "agent"})
    await page.gets("refused", code="bad_token")
    page.say(type="up", sdp="offer")
    await page.gets("refused", code="hello_first")
    await page.go(1000)


async def test_a_grant_is_good_for_a_minute_and_the_newer_desk_has_the_phone(
    rig: EmbeddedRig, clock: ManualClock
) -> None:
    grant = await rig.engine.softphone_grant("amara")
    desks = [Page(rig), Page(rig)]
    for desk in desks:
        desk.say(type="hello", token=grant.token, **{"as": "agent"})
        await desk.gets("welcome")
    await desks[0].gets("bye", code="replaced")
    desks[1].say(type="up", sdp="offer")
    await desks[1].gets("answer", sdp="answer to offer")
    await clock.advance(61)
    late = Page(rig)
    late.say(type="hello", token=grant.token, **{"as": "agent"})
    await late.gets("refused", code="bad_token")
    for page in (*desks, late):
        await page.go(1000)


async def test_foreign_pages_and_broken_frames_and_floods_are_cut_off(rig: EmbeddedRig) -> None:
    foreign = Page(rig, "https://evil.example")
    await until(lambda: foreign.closed == 1008)
    page = await calling(rig)
    for text in ('{"type":', '"hello"', '{"type":"digits","type":"x","digits":"1"}', "[" * 50):
        page.raw(text=text)
    page.raw(bytes=b"\0")
    await until(lambda: len([f for f in page.heard if f["type"] == "refused"]) == 5)
    for _ in range(200):
        page.say(type="digits", digits="1")
    await page.gets("refused", code="too_many")
    await until(lambda: page.closed == 4400)
    leg_id, _ = await leg_of(rig)
    assert leg_id in rig.board.legs
    await page.go(1006)


async def bank_word(rig: EmbeddedRig, **claims: Any) -> str:
    """The bank's word for a customer, good unless `claims` say otherwise."""
    key = base64.b64encode(b"k" * 32).decode()
    await seed_keys(rig.hub, "main", "HS256", [key])
    now = int(rig.hub.clock.now())
    said = {"aud": "main", "sub": "20418807", "iat": now, "exp": now + 60, "jti": "jti-00001"}
    return jwt.encode({"alg": "HS256"}, {**said, **claims}, OctKey.import_key(b"k" * 32))


async def test_who_is_signed_in_at_the_bank_calls_as_themselves_once(rig: EmbeddedRig) -> None:
    sealed = rig.hub.vault.seal("{}", "customer", "profile", "cus_1")
    customer = put(
        Customer, id="cus_1", number="20418807", segment="everyday", lifecycle="active",
        language="en", since_year=2019, created_at=1.0, profile_sealed=sealed,
    )  # fmt: skip
    await rig.hub.journal.run(lambda: write(customer))
    word = await bank_word(rig)
    page = await calling(rig, widget="main", token=word)
    leg_id, _ = await leg_of(rig)
    rows = await rig.hub.reader.rows(find(CallLeg, "contact_id", id=leg_id))
    known = find(Contact, "customer_id", "identity_level", id=rows[0][0])
    assert await rig.hub.reader.rows(known) == [("cus_1", 2)]
    await page.go(1006)
    again = Page(rig)
    again.say(type="hello", widget="main", token=word, **{"as": "caller"})
    await again.gets("refused", code="bad_token")
    await again.go(1000)


@pytest.mark.parametrize(
    "claims", [{"aud": "other"}, {"sub": "00000000"}, {"exp": 1}, {"exp": 2_000_000_000}]
)
async def test_a_word_that_is_not_good_opens_nothing(
    rig: EmbeddedRig, claims: dict[str, Any]
) -> None:
    page = Page(rig)
    word = await bank_word(rig, **claims)
    page.say(type="hello", widget="main", token=word, **{"as": "caller"})
    await page.gets("refused", code="bad_token")
    page.say(type="call", id=REF, sdp="offer", number="9510")
    await page.gets("refused", code="hello_first")
    await page.go(1000)


async def test_the_page_knows_the_wait_before_the_call_and_nothing_of_anybody(
    rig: EmbeddedRig, clock: ManualClock
) -> None:
    page = CallerPage(rig.hub, rig.engine.exchange.settings)
    transport = httpx2.ASGITransport(Starlette(routes=list(page.routes())))
    async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN) as http:

        async def facts() -> Any:
            return (await http.get("/call/facts")).json()

        told = await facts()
        assert set(told) == {"number", "may_name_number", "callback_key", "waits"}
        cards, payments = told["waits"]
        assert cards == {
            "queue": "cards", "name": dict(rig.hub.setup.queues["cards"].names), "is_open": True,
            "is_staffed": True, "opens_at": None, "wait_seconds": None,
        }  # fmt: skip
        assert payments["queue"] == "payments"
        for agent in [one.user_id for one in rig.hub.staff.all()]:
            await tell_phone(rig.hub, agent, is_up=False)
        # Asking again at once asks the page, not the store.
        assert (await facts())["waits"] == [cards, payments]
        await clock.advance(WAITS_SECONDS)
        assert [one["is_staffed"] for one in (await facts())["waits"]] == [False, False]
