"""The short way into a WebSocket takes plain handshakes only, and answers them as RFC 6455 says."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from config.handshake import Headers, Http, WebSocket, accept_of, text_frame

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
PLAIN: Headers = [
    (b"host", b"hub.example"),
    (b"upgrade", b"websocket"),
    (b"connection", b"keep-alive, Upgrade"),
    (b"sec-websocket-key", KEY),
    (b"sec-websocket-version", b"13"),
]


def test_the_key_of_the_standard_has_the_answer_of_the_standard() -> None:
    assert accept_of(PLAIN) == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.mark.parametrize(
    "odd",
    [
        [*PLAIN, (b"sec-websocket-key", KEY)],
        [*PLAIN, (b"host", b"other.example")],
        [*PLAIN, (b"sec-websocket-protocol", b"chat")],
        [*PLAIN, (b"x-long", b"x" * 9_000)],
        [*PLAIN, *[(b"x-many", b"x")] * 64],
        [*PLAIN[:3], (b"sec-websocket-key", KEY), (b"sec-websocket-version", b"12")],
        [*PLAIN[:3], (b"sec-websocket-key", b"short"), PLAIN[4]],
        [*PLAIN[:3], (b"sec-websocket-key", b"!" * 24), PLAIN[4]],
        [*PLAIN[:3], PLAIN[4]],
    ],
)
def test_whatever_is_not_plain_goes_the_usual_way(odd: Headers) -> None:
    assert accept_of(odd) is None


@pytest.mark.parametrize(
    ("size", "head"), [(0, b"\x81\x00"), (125, b"\x81\x7d"), (126, b"\x81\x7e\x00\x7e"),
                       (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00")],
)  # fmt: skip
def test_a_frame_names_its_size(size: int, head: bytes) -> None:
    assert text_frame(b"x" * size) == head + b"x" * size


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    """Echo on `/`; `/no` is refused, `/broken` raises."""
    await receive()
    if scope["path"] == "/no":
        await send({"type": "websocket.close", "code": 1008})
        return
    if scope["path"] == "/broken":
        raise RuntimeError("broken on purpose")
    subprotocols = scope["subprotocols"]
    await send({"type": "websocket.accept", "subprotocol": next(iter(subprotocols), None)})
    while (message := await receive())["type"] == "websocket.receive":
        if message.get("text") == "close":
            await send({"type": "websocket.close", "code": 4000})
        elif "text" in message:
            await send({"type": "websocket.send", "text": f"{scope['path']} {message['text']}"})
        else:
            await send({"type": "websocket.send", "bytes": message["bytes"]})


@asynccontextmanager
async def _served() -> AsyncIterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            _echo, lifespan="off", http=Http, ws=WebSocket, ws_per_message_deflate=False,
            ws_max_size=65_536, log_config=None,
        )  # fmt: skip
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup([taken])
        yield f"ws://127.0.0.1:{taken.getsockname()[1]}"
        await server.shutdown([taken])


async def test_a_plain_page_talks() -> None:
    async with _served() as address, connect(f"{address}/a%20b?c=d", compression=None) as page:
        for text in ("hi", "您好" * 100, "x" * 60_000):
            await page.send(text)
            assert await page.recv() == f"/a b {text}"
        await page.send(b"\x00\x01")
        assert await page.recv() == b"\x00\x01"
        assert await (await page.ping()) >= 0
        await page.send("close")
        await page.wait_closed()
        assert page.close_code == 4000


async def test_one_who_asks_for_more_talks_too() -> None:
    wanted = [Subprotocol("chat")]
    async with _served() as address, connect(address, subprotocols=wanted) as page:
        assert page.subprotocol == "chat"
        await page.send("hi")
        assert await page.recv() == "/ hi"


@pytest.mark.parametrize(("path", "status"), [("/no", 403), ("/broken", 500)])
async def test_a_refusal_before_the_answer_is_an_http_status(path: str, status: int) -> None:
    async with _served() as address:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"{address}{path}")
        assert refused.value.response.status_code == status


async def test_a_frame_that_is_too_large_ends_the_socket() -> None:
    async with _served() as address, connect(address) as page:
        await page.send("x" * 70_000)
        await page.wait_closed()
        assert page.close_code == 1009
