"""The adapter behind a real server and real TCP: slow readers, strange texts, restarts."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from channels.web_chat.adapter import SOCKET_PATH, WebChat
from config.handshake import WebSocket
from hub.journey import answer, converse
from hub.journey.messages import messages_of
from hub.journey.widget_keys import seed_keys
from hub.security.keyring import fresh_key_ring
from hub.security.signed_link import SignedLinks
from hub.store.rows import find
from hub.store.tables import Contact
from tests.support.world import World
from tests.unit.web_chat.page import ORIGIN, SECRET, settings

Frame = dict[str, Any]
TEXTS = [
    "null", "undefined", "__proto__", "0", "1e400", "NaN", "' OR 1=1 --", "${7*7}{{7*7}}%s%n",
    "<script>alert(1)</script>", "javascript:alert(1)", "../../etc/passwd\x00",
    "\u202eright to left", "\ufeffmark", "zero\u200bwidth", "Z\u0336\u0322\u034ea\u0334\u0321",
    "\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U00020bb7野家", "你好，世界", "مرحبا",
    "\r\nline\r\nfeeds", "tab\tand\x0bvertical", "\U0010ffff", "ﬃ", "ß", "İ", "\x7f",
    '{"type":"say"}', "a" * 8000,
]  # fmt: skip


@asynccontextmanager
async def serving(world: World, **changes: Any) -> AsyncIterator[Callable[..., Any]]:
    """Serve the adapter; gives what opens a client's socket."""
    await seed_keys(world.hub, "demo", "HS256", [SECRET])
    adapter = WebChat(world.hub, settings(**changes), SignedLinks(fresh_key_ring()))
    config = uvicorn.Config(
        adapter.socket, interface="asgi3", log_config=None, lifespan="off",
        ws=WebSocket,
        ws_max_size=65536, ws_per_message_deflate=False, ws_ping_interval=None,
    )  # fmt: skip
    server = uvicorn.Server(config)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    url = f"ws://127.0.0.1:{listening.getsockname()[1]}{SOCKET_PATH}"
    running = asyncio.create_task(adapter.run())
    serving_task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0)
    try:
        yield lambda origin=ORIGIN: connect(
            url, origin=origin, compression=None, proxy=None, max_size=None, max_queue=4
        )
    finally:
        server.should_exit = True
        await serving_task
        running.cancel()
        await asyncio.wait([running])


async def ask(page: ClientConnection, kind: str, **frame: Any) -> Frame:
    await page.send(json.dumps(frame))
    return await next_of(page, kind)


async def next_of(page: ClientConnection, kind: str) -> Frame:
    async with asyncio.timeout(10):
        while True:
            found: Frame = json.loads(await page.recv())
            if found["type"] == kind:
                return found


async def rest_of(page: ClientConnection) -> tuple[list[Frame], int | None]:
    """Read to the end; returns the frames and the closing code."""
    found: list[Frame] = []
    try:
        while True:
            found.append(json.loads(await page.recv()))
    except ConnectionClosed as closed:
        return found, None if closed.rcvd is None else closed.rcvd.code


async def hello(page: ClientConnection, **more: Any) -> Frame:
    return await ask(page, "welcome", type="hello", widget="demo", lang="en", **more)


async def talking(world: World, page: ClientConnection) -> str:
    """Lead the page's visitor to an agent; returns the Contact."""
    await world.add_agent("amara")
    await ask(page, "ack", type="say", id="first", text="agent please")
    await world.settle()
    offer = await world.offer_of("amara")
    assert offer is not None
    await answer.accept(world.hub, "amara", offer)
    rows = await world.hub.reader.rows(find(Contact, "id", owner_agent_id="amara"))
    return str(rows[0][0])


async def test_any_text_comes_back_as_it_was_written(world: World) -> None:
    async with serving(world) as open_page, open_page() as page:
        welcome = await hello(page)
        for number, text in enumerate(TEXTS):
            assert await ask(page, "ack", type="say", id=f"m{number}", text=text)
        stored = await messages_of(world.hub, welcome["conversation"], limit=200)
        assert [m.body["text"] for m in stored if m.speaker == "customer"] == TEXTS
        async with open_page() as other:
            back = await hello(other, resume=welcome["resume"])
            said = [m["text"] for m in back["messages"] if m["speaker"] == "customer"]
            assert said == TEXTS


async def test_a_reader_who_stops_reading_is_cut_and_catches_up(world: World) -> None:
    async with serving(world, queued_bytes_most=200_000) as open_page:
        async with open_page() as page:
            welcome = await hello(page)
            contact_id = await talking(world, page)
            for n in range(700):
                text = f"{n} " + "慢" * 7_900
                await converse.say(
                    world.hub, "amara", contact_id=contact_id, key=f"k{n}", text=text
                )
            found, code = await rest_of(page)
            assert (found[-1], code) == ({"type": "resync"}, 1013)
            assert 0 < sum(frame.get("speaker") == "agent" for frame in found) < 700
        async with open_page() as again:
            back = await hello(again, resume=welcome["resume"])
            assert back["messages"][-1]["text"].startswith("699 ")


async def test_a_frame_over_the_limit_ends_its_socket_only(world: World) -> None:
    async with serving(world) as open_page, open_page() as page, open_page() as other:
        await hello(page)
        await hello(other)
        with suppress(ConnectionClosed):
            await page.send("x" * 10_000_000)
        assert (await rest_of(page))[1] in (1009, None)
        assert await ask(other, "ack", type="say", id="m1", text="hello")


async def test_a_foreign_origin_gets_no_handshake(world: World) -> None:
    async with serving(world) as open_page:
        with pytest.raises(InvalidStatus) as refused:
            await open_page(origin="https://evil.example")
        assert refused.value.response.status_code == 403


async def test_a_restart_is_told_and_loses_nothing(world: World) -> None:
    async with serving(world) as open_page:
        page = await open_page()
        welcome = await hello(page)
        contact_id = await talking(world, page)
        cursor = (await ask(page, "ack", type="say", id="m1", text="before"))["seq"]
    assert (await rest_of(page))[1] == 1012
    await converse.say(world.hub, "amara", contact_id=contact_id, key="k", text="meanwhile")
    async with serving(world) as open_page, open_page() as page:
        back = await hello(
            page, resume=welcome["resume"], conversation=welcome["conversation"], cursor=cursor
        )
        assert [m["text"] for m in back["messages"]] == ["meanwhile"]
        again = await ask(page, "ack", type="say", id="m1", text="before")
        assert again["seq"] == cursor
