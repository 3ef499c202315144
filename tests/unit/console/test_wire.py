"""Writing to a socket without a task: order, bounds, and a page that stops reading."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from agent_console.feed.wire import Wire


class Socket:
    """An ASGI `send` whose reader can pause and vanish."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.writable = asyncio.Event()
        self.writable.set()
        self.gone = False

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.writable.wait()
        if self.gone:
            raise OSError("the page is gone")
        self.got.append(message["text"])


@pytest.fixture
def socket() -> Socket:
    return Socket()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_page_that_reads_gets_packets_at_once(socket: Socket) -> None:
    wire = Wire(socket.send, lambda: None)
    wire.write("a")
    wire.write("b")
    assert socket.got == ["a", "b"], "no turn of the event loop was needed"


async def test_what_waits_keeps_its_order(socket: Socket) -> None:
    wire = Wire(socket.send, lambda: None)
    socket.writable.clear()
    for text in "abc":
        wire.write(text)
    assert wire.waiting_packets == 2
    socket.writable.set()
    wire.write("d")
    await settle()
    wire.write("e")
    assert socket.got == list("abcde")


async def test_a_slow_page_costs_bounded_memory_and_then_gets_a_snapshot(socket: Socket) -> None:
    lags: list[str] = []
    wire = Wire(socket.send, lambda: lags.append("lag"), most_characters=100, most_packets=5)
    socket.writable.clear()
    for _ in range(50):
        wire.write("x" * 10)
        assert wire.waiting_packets <= 5
    await settle()
    assert lags == [], "a snapshot would wait like all else"
    socket.writable.set()
    await settle()
    assert lags == ["lag"]
    assert socket.got == ["x" * 10], "what was lost is lost: the snapshot has it"
    wire.write("snapshot")
    assert socket.got[-1] == "snapshot"


async def test_characters_are_bounded_too(socket: Socket) -> None:
    lags: list[str] = []
    wire = Wire(socket.send, lambda: lags.append("lag"), most_characters=100)
    socket.writable.clear()
    wire.write("first")
    wire.write("x" * 101)
    assert wire.waiting_packets == 0
    socket.writable.set()
    await settle()
    assert lags == ["lag"]


@pytest.mark.parametrize("paused", [False, True])
async def test_a_page_that_vanished_is_forgotten(socket: Socket, paused: bool) -> None:
    lags: list[str] = []
    wire = Wire(socket.send, lambda: lags.append("lag"))
    if paused:
        socket.writable.clear()
        wire.write("a")
        wire.write("b")
    socket.gone = True
    socket.writable.set()
    wire.write("c")
    await settle()
    assert wire.closed
    assert wire.waiting_packets == 0
    assert lags == []
    wire.write("d")
    assert socket.got == []
