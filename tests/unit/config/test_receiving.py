"""The short way of texts must give what uvicorn's general way gives, however bytes are cut."""

import asyncio
import random
from itertools import pairwise
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode

from config.handshake import WebSocket
from config.receiving import EVENTS_WAITING

REQUEST = (
    b"GET /chat HTTP/1.1\r\nHost: bank.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
TEXTS = ["", "hello", "a" * 125, "b" * 126, "你好" * 10_000 + "!", "é" * 32_000, "c" * 65_535]
MOST_BYTES = 70_000
TURNS = 5


class Wire(asyncio.Transport):
    """Keeps what is written; counts how reading was stopped and started."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.pauses = 0
        self.paused = self.closing = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.closing

    def close(self) -> None:
        self.closing = True

    def pause_reading(self) -> None:
        self.paused = True
        self.pauses += 1

    def resume_reading(self) -> None:
        self.paused = False


class Talk:
    """A served connection whose application keeps what it hears and says texts back."""

    def __init__(self, kind: type[WebSocketsSansIOProtocol]) -> None:
        self.heard: list[Any] = []
        self.listening = asyncio.Event()
        self.listening.set()
        config = uvicorn.Config(
            self._app, interface="asgi3", log_config=None, lifespan="off", ws=kind,
            ws_max_size=MOST_BYTES, ws_per_message_deflate=False, ws_ping_interval=None,
        )  # fmt: skip
        config.load()
        self.wire = Wire()
        self.served = kind(config, ServerState(), {})
        self.served.connection_made(self.wire)

    async def _app(self, _scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            await self.listening.wait()
            self.heard.append(event)
            if event.get("text") is not None:
                await send({"type": "websocket.send", "text": event["text"]})
        self.heard.append(event)

    async def begin(self) -> None:
        self.served.data_received(REQUEST)
        await self.settle()
        self.wire.written = b""

    async def settle(self) -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)


def masked(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


def some_frames(chance: random.Random) -> tuple[bytes, bytes]:
    """Return what a page might send, and an end that it should not send, or nothing."""
    rare = [
        masked(Opcode.PING, b"there?"),
        masked(Opcode.PONG, b"here"),
        masked(Opcode.BINARY, b"\x00\x01"),
        masked(Opcode.TEXT, "你".encode()[:1], fin=False) + masked(Opcode.CONT, "你".encode()[1:]),
        masked(Opcode.TEXT, b"in ", fin=False)
        + masked(Opcode.PING, b"between")
        + masked(Opcode.CONT, b"parts"),
    ]
    faults = [
        masked(Opcode.TEXT, b"\xff\xfe"),
        masked(Opcode.TEXT, b"begun", fin=False) + masked(Opcode.TEXT, b"and not ended"),
        masked(Opcode.CONT, b"of nothing"),
        b"\xc1" + masked(Opcode.TEXT, b"compressed?")[1:],
        Frame(Opcode.TEXT, b"bare").serialize(mask=False),
        masked(Opcode.TEXT, b"x" * (MOST_BYTES + 1)),
        masked(Opcode.CLOSE, b"\x03\xe8"),
        b"\xff\xff",
        b"",
    ]
    frames = [
        masked(Opcode.TEXT, chance.choice(TEXTS[:4] if chance.random() < 0.8 else TEXTS).encode())
        if chance.random() < 0.7
        else chance.choice(rare)
        for _ in range(chance.randrange(1, 12))
    ]
    return b"".join(frames), chance.choice(faults) + masked(Opcode.TEXT, b"after")


def cut(stream: bytes, chance: random.Random) -> list[bytes]:
    cuts = sorted(chance.randrange(len(stream)) for _ in range(chance.randrange(12)))
    edges = [0, *cuts, len(stream)]
    return [stream[a:b] for a, b in pairwise(edges) if a != b]


@pytest.mark.parametrize("seed", range(300))
async def test_texts_take_a_short_way_to_the_same_place(seed: int) -> None:
    chance = random.Random(seed)
    good, end = some_frames(chance)
    # Apart, for uvicorn drops good frames that come in one piece with a fault.
    pieces = [*cut(good, chance), *cut(end, chance)]
    ours, theirs = Talk(WebSocket), Talk(WebSocketsSansIOProtocol)
    for talk in (ours, theirs):
        await talk.begin()
        for piece in pieces:
            if not talk.wire.closing:
                talk.served.data_received(piece)
            await talk.settle()
        if not talk.wire.closing:
            talk.served.connection_lost(None)
        await talk.settle()
    assert ours.heard
    assert ours.heard == theirs.heard
    assert ours.wire.written == theirs.wire.written
    assert ours.wire.closing == theirs.wire.closing


async def test_an_application_that_does_not_keep_up_stops_the_reading() -> None:
    talk = Talk(WebSocket)
    await talk.begin()
    talk.listening.clear()
    for number in range(EVENTS_WAITING + 1):
        talk.served.data_received(masked(Opcode.TEXT, str(number).encode()))
        await talk.settle()
    assert talk.wire.pauses == 1
    talk.listening.set()
    for _ in range(EVENTS_WAITING + 1):
        await talk.settle()
    assert (talk.wire.pauses, talk.wire.paused) == (1, False)
    assert [event["text"] for event in talk.heard] == [str(n) for n in range(EVENTS_WAITING + 1)]
    talk.served.connection_lost(None)
    await talk.settle()
