"""The door for the core's words: signed, said now, understood; everything else is refused."""

import json
from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from hub.adapters.core_banking.changes import (
    PATH,
    SIGNATURE,
    TIMESTAMP,
    WINDOW_SECONDS,
    ChangeDoor,
    holds,
    sign,
)
from hub.domain.banking import CoreChange
from hub.domain.errors import Unavailable
from tests.support.clock import ManualClock

KEY = b"k" * 32
WORD = {"id": "word-1", "number": "20418807", "version": 4}


class Taken(list[CoreChange]):
    """Takes words, or cannot."""

    full = False

    async def __call__(self, change: CoreChange) -> None:
        if self.full:
            raise Unavailable("busy")
        self.append(change)


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest_asyncio.fixture
async def core(clock: ManualClock, taken: Taken) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=ChangeDoor(KEY, clock, taken).routes())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://hub.example"
    ) as client:
        yield client


def signed(body: bytes, at: float, key: bytes = KEY) -> dict[str, str]:
    timestamp = f"{at:.0f}"
    return {TIMESTAMP: timestamp, SIGNATURE: sign(key, timestamp, body)}


async def test_a_signed_word_is_taken(
    core: httpx.AsyncClient, clock: ManualClock, taken: Taken
) -> None:
    body = json.dumps(WORD).encode()
    answer = await core.post(PATH, content=body, headers=signed(body, clock.now()))
    assert answer.status_code == 204
    assert taken == [CoreChange(id="word-1", number="20418807", version=4)]


async def test_what_is_not_signed_so_is_refused(
    core: httpx.AsyncClient, clock: ManualClock, taken: Taken
) -> None:
    body, now = json.dumps(WORD).encode(), clock.now()
    other = json.dumps(WORD | {"version": 5}).encode()
    for headers in (
        {},
        signed(body, now, key=b"x" * 32),
        signed(other, now),
        signed(body, now) | {TIMESTAMP: f"{now + 1:.0f}"},
        signed(body, now) | {TIMESTAMP: "nan"},
        signed(body, now) | {SIGNATURE: "v1="},
        signed(body, now) | {SIGNATURE: "v2=" + signed(body, now)[SIGNATURE][3:]},
    ):
        answer = await core.post(PATH, content=body, headers=headers)
        assert answer.status_code == 401
    assert taken == []


async def test_an_old_word_cannot_be_played_again(
    core: httpx.AsyncClient, clock: ManualClock, taken: Taken
) -> None:
    body = json.dumps(WORD).encode()
    headers = signed(body, clock.now())
    await clock.advance(WINDOW_SECONDS + 1)
    assert (await core.post(PATH, content=body, headers=headers)).status_code == 401
    early = signed(body, clock.now() + WINDOW_SECONDS + 5)
    assert (await core.post(PATH, content=body, headers=early)).status_code == 401
    assert taken == []


async def test_nonsense_and_too_much_are_refused(
    core: httpx.AsyncClient, clock: ManualClock, taken: Taken
) -> None:
    for body, status in (
        (b"", 400),
        (b"[]", 400),
        (b'{"id": "a", "number": "b"}', 400),
        (b'{"id": "a", "number": "b", "version": "4"}', 400),
        (b'{"id": "a", "id": "b", "number": "b", "version": 4}', 400),
        (b" " * 5000, 413),
    ):
        answer = await core.post(PATH, content=body, headers=signed(body, clock.now()))
        assert answer.status_code == status, body[:40]
    assert taken == []


async def test_a_word_we_cannot_store_is_asked_for_again(
    core: httpx.AsyncClient, clock: ManualClock, taken: Taken
) -> None:
    taken.full = True
    body = json.dumps(WORD).encode()
    answer = await core.post(PATH, content=body, headers=signed(body, clock.now()))
    assert answer.status_code == 503


@given(st.binary(max_size=200), st.binary(max_size=200), st.floats(0, 2e9))
def test_a_signature_holds_for_its_own_body_and_no_other(
    body: bytes, other: bytes, now: float
) -> None:
    headers = signed(body, now)
    assert holds(KEY, headers[TIMESTAMP], body, headers[SIGNATURE], now)
    assert holds(KEY, headers[TIMESTAMP], other, headers[SIGNATURE], now) == (other == body)
