"""How long customers wait for a hub that was killed with 20,000 open contacts.

    python -m tests.benchmarks.restart

Most wait in line, 400 talk with an agent, 100 ring. The time runs from the start of the process
until `/readyz` says ready and a chat's hello is answered; the middle one of three restarts counts.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hub.domain.routing import Because, Reserve
from hub.journey.answer import accept
from hub.journey.context import Hub
from hub.journey.presence import set_presence
from hub.journey.reserve import reserve
from hub.store.rows import find
from hub.store.tables import Reservation, User
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.filling import Waiting, hub_of, in_parts, wait_in_line
from tests.benchmarks.people import Visitor
from tests.benchmarks.process import HUB, Server, free_port, pin_client
from tests.benchmarks.records import Record, at_most, table

CONTACTS, AGENTS = 20_000, 125
TALKING = 400
RINGING = 100
OFFER_SECONDS = 120.0
RESTARTS = 3
TARGET_SECONDS = 5.0
BECAUSE = Because(
    score=0.0, wait_seconds=0.0, target_seconds=90.0, priority=0, value=0.0, boost=0.0,
    requirements=(), relaxed=0, preferred=False, overflow_from=None, waiting=0,
    rule="longest_idle",
)  # fmt: skip


def run() -> list[Record]:
    """Fill a store, then kill and start the hub on it."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        bank = prepare(folder / "data", port, AGENTS)
        asyncio.run(fill(bank))
        took = _restarts(bank, folder / "log")
    ready = [seconds for seconds, _ in took]
    return [
        at_most(
            "restart.ready_seconds", statistics.median(ready), "s", target=TARGET_SECONDS,
        ),
        at_most("restart.slowest_ready_seconds", max(ready), "s"),
        at_most("restart.cpu_seconds", statistics.median(cpu for _, cpu in took), "CPU-s"),
    ]  # fmt: skip


async def fill(bank: Bank, contacts: int = CONTACTS) -> None:
    """Open so many contacts; the first of them are offered and mostly taken."""
    async with hub_of(bank) as hub:
        waiting: list[Waiting] = []
        for part in in_parts(range(contacts)):
            waiting += await asyncio.gather(*(wait_in_line(hub, number) for number in part))
        await _hand_out(hub, waiting[: TALKING + RINGING])


async def _hand_out(hub: Hub, waiting: Sequence[Waiting]) -> None:
    agents = [row[0] for row in await hub.reader.rows(find(User, "id"))]
    for agent in agents:
        await set_presence(hub, agent, presence="available", by=agent)
    for (number, one), agent in zip(enumerate(waiting), itertools.cycle(agents), strict=False):
        decision = Reserve(
            contact_id=one.contact_id, agent_id=agent, queue_id="messages",
            offer_seconds=OFFER_SECONDS, because=BECAUSE,
        )  # fmt: skip
        if not await reserve(hub, decision):
            raise RuntimeError(f"contact {number} could not be offered")
        if number < TALKING:
            offers = await hub.reader.rows(find(Reservation, "id", contact_id=one.contact_id))
            await accept(hub, agent, offers[0][0])


def _restarts(bank: Bank, log: Path) -> list[tuple[float, float]]:
    """Seconds until it answers, and CPU-seconds, of each start; a first start is not counted."""
    took = []
    for number in range(RESTARTS + 1):
        began = time.perf_counter()
        server = Server(["-c", HUB, "serve"], bank.environment, log)
        try:
            server.wait_for(bank.port)
            wait_ready(bank)
            asyncio.run(_greeted(bank))
            seconds = time.perf_counter() - began
            if number:
                took.append((seconds, server.cpu_seconds()))
        finally:
            server.kill()
    return took


def wait_ready(bank: Bank, seconds: float = 60.0) -> None:
    """Ask `/readyz` until it says yes."""
    ask = partial(urllib.request.urlopen, f"{bank.origin}/readyz", timeout=5)
    end_at = time.perf_counter() + seconds
    while time.perf_counter() < end_at:
        try:
            with ask() as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.01)
    raise TimeoutError("the hub did not become ready")


async def _greeted(bank: Bank) -> None:
    visitor = Visitor()
    await visitor.come(bank)
    visitor.socket.close()


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
