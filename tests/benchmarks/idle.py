"""What one idle chat costs the server's memory.

    python -m tests.benchmarks.idle

A welcomed page (its Address, Conversation and resume token are stored) that says nothing more.
The raw limit is a socket of the echo application on the same server library, after one message.
Both are the growth of resident memory per socket, once the first hundreds have warmed it up.
"""

import asyncio
import resource
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.benchmarks import echo
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.people import Visitor, fresh_id
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_most, table
from tests.benchmarks.wsclient import Socket, connect

SOCKETS, FEWER, WARM = 8_000, 2_000, 500
SPARE_FILES = 500
AT_ONCE = 32
SETTLE_SECONDS = 2.0
TARGET_KIB = 24.0
Open = Callable[[], Awaitable[Socket]]


def run() -> list[Record]:
    """Measure the product, then the bare socket."""
    count = min(SOCKETS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_FILES)
    fewer, many, talking = _product(count)
    raw = _raw(count)
    return [
        at_most("raw.idle_socket_kib", raw, "KiB"),
        at_most("chat.idle_kib", many, "KiB", raw=raw, target=TARGET_KIB),
        at_most(f"chat.idle_kib_of_first_{FEWER}", fewer, "KiB", raw=raw),
        at_most("chat.idle_greeted_kib", talking, "KiB", raw=raw),
    ]


def _product(count: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        bank = prepare(folder / "data", port, 1)
        with running(["-c", HUB, "serve"], port, folder / "log", bank.environment) as server:
            return asyncio.run(_chats(server, bank, count))


async def _chats(server: Server, bank: Bank, count: int) -> tuple[float, float, float]:
    visitors: list[Visitor] = []

    async def welcomed() -> Socket:
        visitor = Visitor()
        await visitor.come(bank)
        visitors.append(visitor)
        return visitor.socket

    fewer = await _growth(server, welcomed, WARM, FEWER)
    more = await _growth(server, welcomed, 0, count - len(visitors))
    many = (fewer * FEWER + more * (count - WARM - FEWER)) / (count - WARM)
    talking = await _greeted(server, visitors[-FEWER:])
    for visitor in visitors:
        visitor.socket.close()
    return fewer, many, many + talking


async def _greeted(server: Server, visitors: list[Visitor]) -> float:
    """KiB that a Contact, opened and greeted by the bot, adds to a chat."""
    before = server.resident_kib()
    for at in range(0, len(visitors), AT_ONCE):
        some = visitors[at : at + AT_ONCE]
        for visitor in some:
            visitor.send({"type": "begin", "id": fresh_id()})
        for visitor in some:
            await visitor.wait_for_phase("bot")
    await asyncio.sleep(SETTLE_SECONDS)
    return (server.resident_kib() - before) / len(visitors)


def _raw(count: int) -> float:
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        arguments = ["-m", "tests.benchmarks.echo", str(port)]
        with running(arguments, port, Path(name) / "log") as server:
            return asyncio.run(_echoes(server, port, count))


async def _echoes(server: Server, port: int, count: int) -> float:
    sockets: list[Socket] = []

    async def echoed() -> Socket:
        socket = await connect(port, "/")
        heard = asyncio.Event()
        socket.listen(lambda _: heard.set())
        socket.send(echo.PAYLOAD)
        await heard.wait()
        sockets.append(socket)
        return socket

    grown = await _growth(server, echoed, WARM, count - WARM)
    for socket in sockets:
        socket.close()
    return grown


async def _growth(server: Server, open_one: Open, warm: int, count: int) -> float:
    """Open `warm` sockets, then `count` more; KiB that each of these added."""
    await _open(open_one, warm)
    await asyncio.sleep(SETTLE_SECONDS)
    before = server.resident_kib()
    await _open(open_one, count)
    await asyncio.sleep(SETTLE_SECONDS)
    return (server.resident_kib() - before) / count


async def _open(open_one: Open, count: int) -> None:
    for at in range(0, count, AT_ONCE):
        await asyncio.gather(*(open_one() for _ in range(min(AT_ONCE, count - at))))


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
