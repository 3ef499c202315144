"""Sending without a task while the reader keeps up, bounded when it does not."""

import asyncio
from typing import Any

from channels.web_chat.outbound import TRY_AGAIN_LATER, Outbound


class Wire:
    """An ASGI send whose reader can stop reading, or vanish."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def send(self, message: dict[str, Any]) -> None:
        await self.open.wait()
        if self.broken:
            raise OSError("gone")
        self.sent.append(message.get("text", message.get("code")))


def outbound(wire: Wire, *, frames_most: int = 4, bytes_most: int = 100) -> Outbound:
    return Outbound(wire.send, frames_most=frames_most, bytes_most=bytes_most)


async def turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_reader_who_keeps_up_costs_no_task() -> None:
    wire = Wire()
    out = outbound(wire)
    before = len(asyncio.all_tasks())
    for n in range(50):
        out.send(str(n))
    assert wire.sent == [str(n) for n in range(50)]
    assert len(asyncio.all_tasks()) == before


async def test_frames_wait_in_order_for_a_reader_who_pauses() -> None:
    wire = Wire()
    out = outbound(wire)
    out.send("0")
    wire.open.clear()
    for n in range(1, 4):
        out.send(str(n))
    assert wire.sent == ["0"]
    wire.open.set()
    await turns()
    out.send("4")
    await turns()
    assert wire.sent == ["0", "1", "2", "3", "4"]
    assert not out.closing


async def test_too_many_frames_or_bytes_end_in_resync() -> None:
    for frame, count in (("x", 8), ("x" * 60, 3)):
        wire = Wire()
        out = outbound(wire)
        wire.open.clear()
        for _ in range(count):
            out.send(frame)
        assert out.closing
        wire.open.set()
        await turns()
        assert wire.sent == [frame, '{"type":"resync"}', TRY_AGAIN_LATER]


async def test_nothing_follows_a_close() -> None:
    wire = Wire()
    out = outbound(wire)
    out.close(4400)
    out.send("late")
    out.close(4401)
    await turns()
    assert wire.sent == [4400]


async def test_a_reader_who_vanished_is_no_error() -> None:
    wire = Wire()
    out = outbound(wire)
    wire.broken = True
    out.send("a")
    assert out.closing
    paused = Wire()
    waiting = outbound(paused)
    paused.open.clear()
    waiting.send("a")
    waiting.send("b")
    paused.broken = True
    paused.open.set()
    await turns()
    assert waiting.closing
    assert paused.sent == []


async def test_abandoning_ends_the_task_of_a_stuck_reader() -> None:
    wire = Wire()
    out = outbound(wire)
    before = len(asyncio.all_tasks())
    wire.open.clear()
    out.send("a")
    out.send("b")
    assert len(asyncio.all_tasks()) == before + 1
    out.abandon()
    await turns()
    assert len(asyncio.all_tasks()) == before
    assert wire.sent == []
