"""10,000 pages come back to a hub that was killed, and get what they missed.

    python -m tests.benchmarks.reattach

Each page holds a resume token and a cursor; three Messages came after it. One in ten tokens is too
old to be kept and is replaced. The clock runs from the first connection until the last page has its
welcome; afterwards each is checked to hold exactly those three. 64 pages at a time connect, as
browsers that wait a random moment would. The raw limit is as many connections to the echo
application by the same client, with one frame each way.
"""

import asyncio
import gc
import json
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import uvloop

from channels.web_chat.visitors import YOUNG_SECONDS
from hub.journey.context import Hub
from hub.journey.customer_page import customer_came
from tests.benchmarks import echo
from tests.benchmarks.bank import WIDGET, Bank, prepare
from tests.benchmarks.filling import Waiting, hub_of, in_parts, wait_in_line
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_most, table
from tests.benchmarks.restart import wait_ready
from tests.benchmarks.wsclient import Socket, connect

VISITORS, MISSED = 10_000, 3
SPARE_FILES = 500
AT_ONCE = 64
TARGET_SECONDS = 8.0
WELCOME_SECONDS = 30.0
OLD_TOKEN_EVERY = 10
Come = Callable[[], Awaitable[Socket]]
Answers = dict[str, bytes]
"""What each Conversation's page was told first, to be checked when the clock has stopped."""


class Cost(NamedTuple):
    """What it took until all were back."""

    seconds: float
    server_cpu_seconds: float
    load_cpu_seconds: float
    """CPU of this process: near `seconds`, it and not the server is what was measured."""


def run() -> list[Record]:
    """Fill a store, kill the hub that runs on it, start it again and let all pages come."""
    count = min(VISITORS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_FILES)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        bank = prepare(folder / "data", port, 1)
        pages = asyncio.run(_fill(bank, count))
        _killed(bank, folder / "log")
        began = time.perf_counter()
        server = Server(["-c", HUB, "serve"], bank.environment, folder / "log")
        try:
            server.wait_for(bank.port)
            wait_ready(bank)
            back = _all_back(server, bank, pages)
            since_start = time.perf_counter() - began
        finally:
            server.stop()
    raw = _raw(count)
    scale = VISITORS / count
    return [
        at_most(
            "chat.reattach_10k_seconds", back.seconds * scale, "s", target=TARGET_SECONDS,
            raw=raw.seconds * scale,
        ),
        at_most(
            "chat.reattach_10k_cpu_seconds", back.server_cpu_seconds * scale, "CPU-s",
            raw=raw.server_cpu_seconds * scale,
        ),
        at_most(
            "chat.reattach_10k_load_cpu_seconds", back.load_cpu_seconds * scale, "CPU-s",
            raw=raw.load_cpu_seconds * scale,
        ),
        at_most("chat.reattach_10k_with_restart_seconds", since_start, "s"),
    ]  # fmt: skip


async def _fill(bank: Bank, count: int) -> list[Waiting]:
    pages: list[Waiting] = []
    async with hub_of(bank) as hub:
        for part in in_parts(range(count)):
            pages += await asyncio.gather(*(_page(hub, n) for n in part))
    return pages


async def _page(hub: Hub, number: int) -> Waiting:
    age = 0.0 if number % OLD_TOKEN_EVERY else 2 * YOUNG_SECONDS
    page = await wait_in_line(hub, number, MISSED, token_age_seconds=age)
    await customer_came(hub, page.conversation_id)  # it was open at this node before the kill
    return page


def _killed(bank: Bank, log: Path) -> None:
    server = Server(["-c", HUB, "serve"], bank.environment, log)
    try:
        server.wait_for(bank.port)
    finally:
        server.kill()


def _all_back(server: Server, bank: Bank, pages: list[Waiting]) -> Cost:
    """Let every page come back; raises when one got more or less than it missed."""
    answers: Answers = {}
    cost = _measured(server, (partial(_come_back, bank, page, answers) for page in pages))
    for page in pages:
        _check(page, json.loads(answers[page.conversation_id]))
    return cost


def _raw(count: int) -> Cost:
    """As many connections that have an echo each."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        arguments = ["-m", "tests.benchmarks.echo", str(port)]
        with running(arguments, port, Path(name) / "log") as server:
            return _measured(server, (partial(_echoed, port) for _ in range(count)))


def _measured(server: Server, coming: Iterable[Come]) -> Cost:
    spent, own = server.cpu_seconds(), time.process_time()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        seconds = runner.run(_all(coming))
    return Cost(seconds, server.cpu_seconds() - spent, time.process_time() - own)


async def _echoed(port: int) -> Socket:
    socket = await connect(port, "/")
    heard = asyncio.Event()
    socket.listen(lambda _: heard.set())
    socket.send(echo.PAYLOAD)
    await heard.wait()
    return socket


async def _all(coming: Iterable[Come]) -> float:
    """Seconds until all have come, so many at a time."""
    sockets: list[Socket] = []
    left = iter(coming)

    async def come_one_by_one() -> None:
        for come in left:
            sockets.append(await come())

    gc.collect()
    gc.freeze()
    began = time.perf_counter()
    try:
        await asyncio.gather(*(come_one_by_one() for _ in range(AT_ONCE)))
        return time.perf_counter() - began
    finally:
        gc.unfreeze()
        for socket in sockets:
            socket.close()


async def _come_back(bank: Bank, page: Waiting, answers: Answers) -> Socket:
    welcome: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def heard(payload: bytes) -> None:
        if not welcome.done():
            welcome.set_result(payload)

    socket = await connect(bank.port, "/chat/socket", {"Origin": bank.origin})
    socket.listen(heard)
    hello = {
        "type": "hello", "widget": WIDGET, "lang": "en", "resume": page.resume,
        "conversation": page.conversation_id, "cursor": page.seq,
    }  # fmt: skip
    socket.send(json.dumps(hello).encode())
    async with asyncio.timeout(WELCOME_SECONDS):
        answers[page.conversation_id] = await welcome
    return socket


def _check(page: Waiting, answer: dict[str, Any]) -> None:
    got = [message["seq"] for message in answer.get("messages", ())]
    missed = [page.seq + n for n in range(1, MISSED + 1)]
    # The hub may have said more meanwhile: nobody is there to serve them.
    if answer["type"] != "welcome" or got[:MISSED] != missed:
        raise RuntimeError(f"a page came back to {answer['type']} with {got}, not to its messages")


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
