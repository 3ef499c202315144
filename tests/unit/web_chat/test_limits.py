"""Strangers, floods, broken frames and slow readers."""

import asyncio
from typing import Any

import pytest

from hub.domain.errors import Unavailable
from tests.support.world import World
from tests.unit.web_chat.page import ORIGIN, agent_says, site, texts, with_agent


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """What is tested here is the same on every store."""
    return sqlite_url


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
