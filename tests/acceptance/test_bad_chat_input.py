"""Whatever a stranger sends to the chat socket: a clear code, nothing lost, nobody else hurt."""

import asyncio
import json
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.chat_client import ChatClient, fresh_id, page_of
from tests.support.hub_server import HubServer

BROKEN = {
    "broken_json": '{"type":"say"',
    "not_an_object": "[1,2,3]",
    "a_number": "42",
    "nan": '{"type":"seen","seq":NaN}',
    "infinity": '{"type":"seen","seq":1e999}',
    "duplicate_keys": '{"type":"ping","type":"ping"}',
    "deep": '{"type":"say","id":"a","text":' + "[" * 5_000 + "]" * 5_000 + "}",
    "unknown_kind": '{"type":"become_admin"}',
    "unknown_field": '{"type":"ping","admin":true}',
    "sender_from_the_client": '{"type":"say","id":"a1","text":"hi","speaker":"agent"}',
    "agent_from_the_client": '{"type":"say","id":"a1","text":"hi","agent_id":"usr_1"}',
    "seq_from_the_client": '{"type":"say","id":"a1","text":"hi","seq":1}',
    "object_for_text": '{"type":"say","id":"a1","text":{"$gt":""}}',
    "list_for_text": '{"type":"say","id":"a1","text":["a"]}',
    "lone_surrogate": '{"type":"say","id":"a1","text":"\\ud800"}',
    "nul_id": '{"type":"say","id":"a\\u0000","text":"hi"}',
    "huge_number": '{"type":"seen","seq":' + "9" * 400 + "}",
    "too_long": json.dumps({"type": "say", "id": "a1", "text": "x" * 9_000}),
    "empty_text": '{"type":"say","id":"a1","text":"   "}',
}


async def test_a_foreign_origin_gets_no_socket(demo_bank: HubServer) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        with pytest.raises((InvalidStatus, ConnectionClosed)):
            async with page_of(demo_bank, origin=origin) as page:
                await page.hello()


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_frame_is_refused_with_a_code(demo_bank: HubServer, name: str) -> None:
    async with page_of(demo_bank) as page:
        assert (await page.hello())["type"] == "welcome"
        await page.send_raw(BROKEN[name])
        refused = await page.next("refused")
        assert refused["code"]
        stored = await page.say("I am still here")
        assert stored["type"] == "ack", "the socket must stay usable"


async def test_frames_before_hello_are_refused(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as page:
        assert (await page.say("hi"))["code"] == "hello_first"


async def test_a_frame_of_ten_megabytes_ends_the_socket_and_nothing_else(
    demo_bank: HubServer,
) -> None:
    async with page_of(demo_bank) as bystander:
        await bystander.hello()
        async with page_of(demo_bank) as page:
            await page.hello()
            with pytest.raises(ConnectionClosed):
                await _send_and_read(page, "x" * 10_000_000)
        assert (await bystander.say("unharmed"))["type"] == "ack"


async def test_a_thousand_frames_a_second_are_slowed_then_cut(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as bystander:
        await bystander.hello()
        acked: list[int] = []
        async with page_of(demo_bank) as page:
            await page.hello()
            with pytest.raises(ConnectionClosed):
                await _flood(page, acked)
        started = time.monotonic()
        assert (await bystander.say("unharmed"))["type"] == "ack"
        assert time.monotonic() - started < 2.0
        assert len(acked) < 400


async def _send_and_read(page: ChatClient, text: str) -> None:
    await page.send_raw(text)
    await page.next()


async def _flood(page: ChatClient, acked: list[int]) -> None:
    for number in range(3_000):
        await page.send(type="say", id=f"flood{number}", text="flood")
    while True:
        acked.append((await page.next("ack"))["seq"])


async def test_a_token_that_is_forged_expired_replayed_or_for_another_widget(
    demo_bank: HubServer,
) -> None:
    token = await _token(demo_bank)
    async with page_of(demo_bank) as page:
        welcome = await page.hello(token=token)
        assert welcome["type"] == "welcome"
        assert welcome["signed_in"]
    async with page_of(demo_bank) as page:
        assert (await page.hello(token=token))["code"] == "token_spent"
    head, body, signature = (await _token(demo_bank)).split(".")
    flipped = signature[:-2] + ("AA" if signature[-2:] != "AA" else "BB")
    for forged in (f"{head}.{body}.{flipped}", f"{head}.{body}.", "nonsense"):
        async with page_of(demo_bank) as page:
            assert (await page.hello(token=forged))["code"].startswith("token_")
    async with page_of(demo_bank) as page:
        assert (await page.hello(widget="other", token=token))["code"] == "unknown_widget"


async def test_a_guessed_resume_token_opens_nothing(demo_bank: HubServer) -> None:
    async with page_of(demo_bank) as page:
        welcome = await page.hello()
    visitor = welcome["resume"].partition(".")[0]
    for guess in (f"{visitor}.{'A' * 43}", "vis_x.y", "."):
        async with page_of(demo_bank) as page:
            assert (await page.hello(resume=guess))["code"] == "bad_resume"


async def test_a_message_sent_again_is_one_message(demo_bank: HubServer) -> None:
    key = fresh_id()
    async with page_of(demo_bank) as page:
        welcome = await page.hello()
        first = await page.say("once", key=key)
        again = await page.say("once", key=key)
    async with page_of(demo_bank) as page:
        await page.hello(resume=welcome["resume"])
        later = await page.say("once", key=key)
    assert first["seq"] == again["seq"] == later["seq"]


async def _token(hub: HubServer) -> str:
    return await asyncio.to_thread(hub.demo_token)
