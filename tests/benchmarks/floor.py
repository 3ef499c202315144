"""A floor of 400 agents and 40 queues: what a page costs that shows all of it.

    python -m tests.benchmarks.floor

All agents hold an open desk over a real socket and are available. Five customers a second come,
talk to the bot, wait, are accepted, handed to one of 34 further queues, accepted there, ended
and wrapped up, while two agents a second change their presence. Meanwhile one supervisor's
wallboard says hello again and again, and another's counts the bytes of what changes.
"""

import asyncio
import itertools
import json
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from hub.adapters.clock import SystemClock
from hub.adapters.ids import RandomIds
from hub.security.sessions import open_session
from hub.store.engine import open_store
from hub.store.rows import change, put
from hub.store.tables import User
from hub.store.unit import Unit
from tests.benchmarks.bank import QUEUES, Bank, prepare
from tests.benchmarks.people import Agent, Visitor
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_most, percentile, table

AGENTS, QUEUE_COUNT, WATCHERS = 400, 40, 2
QUEUES_EACH = 6
SECONDS, WARM_SECONDS = 20.0, 8.0
ARRIVALS_PER_SECOND, PRESENCES_PER_SECOND = 5.0, 2.0
TALK_SECONDS = 3.0
SNAPSHOTS = 40
SNAPSHOT_TARGET_MS, INCREMENT_TARGET_KB = 200.0, 60.0
CONFIG = Path(__file__).parents[2] / "config"
MORE = tuple(f"floor{n:02}" for n in range(1, QUEUE_COUNT - len(QUEUES) + 1))
QUEUE = """
[queues.{id}]
name = {{ en = "Floor {id}", zh = "楼层{id}" }}
hours = "always"
target_seconds = 40
service_level_ratio = 0.8
priority = 0
limit_waiting = 200
wrap_up_seconds = 60
preferred_seconds = 20
requirements = [{{ skill = "cards", level = 1 }}]
offer_seconds = {{ web_chat = 20 }}

[[queues.{id}.dispositions]]
code = "answered"
name = {{ en = "Question answered", zh = "问题已解答" }}
"""


def set_up(folder: Path) -> None:
    """Write the operator's files of a bank with forty queues."""
    folder.mkdir()
    for file in CONFIG.glob("*.toml"):
        shutil.copy(file, folder)
    shutil.copytree(CONFIG / "bot", folder / "bot")
    with (folder / "queues.toml").open("a", encoding="utf-8") as queues:
        queues.writelines(QUEUE.format(id=one) for one in MORE)


def queues_of(number: int) -> list[str]:
    """Each agent works for six queues; all queues have about sixty agents."""
    known = (*QUEUES, *MORE)
    return sorted({known[(number + step * 7) % QUEUE_COUNT] for step in range(QUEUES_EACH)})


async def staff(folder: Path) -> tuple[str, ...]:
    """Spread the agents over the queues and add supervisors; return their session tokens."""
    clock, new_id = SystemClock(), RandomIds()
    store = await open_store(f"sqlite:///{folder / 'hub.db'}", clock=clock)

    def spread() -> Unit[None]:
        for number in range(AGENTS):
            queues, team = json.dumps(queues_of(number)), f"team {number % 20}"
            yield change(User, f"usr_bench_{number:05d}", queues=queues, team=team)

    def watcher(number: int) -> Unit[str]:
        user_id, at = f"usr_watch_{number}", clock.now()
        yield put(
            User, id=user_id, login=f"watch{number}", name='{"en": "Watcher", "zh": "主管"}',
            roles='["supervisor"]', password_hash="", created_at=at,
        )  # fmt: skip
        return (yield from open_session(new_id("ses"), user_id, at=at)).token

    try:
        await store.journal.run(spread())
        return tuple([await store.journal.run(watcher(number)) for number in range(WATCHERS)])
    finally:
        await store.close()


class Watcher(Agent):
    """A page that is asked for its snapshot again and again, or counts what changes."""

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = topic
        self.snapshot_bytes = self.feed_bytes = self.feed_frames = 0

    async def come(self, bank: Bank, token: str) -> None:
        """Connect and say hello."""
        self._opened = asyncio.get_running_loop().create_future()
        await self._connect(bank, token)
        await asyncio.wait_for(self._opened, 20)
        await self.hello()

    async def hello(self) -> float:
        """Ask for the snapshot; return the milliseconds until all of it was here."""
        self._snapshot = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.socket.send(f'420["hello",{{"topic":"{self.topic}"}}]'.encode())
        await asyncio.wait_for(self._snapshot, 30)
        return (time.perf_counter() - began) * 1000

    def _heard(self, payload: bytes) -> None:
        if payload.startswith(b'42["feed"'):
            self.feed_bytes += len(payload)
            self.feed_frames += 1
        elif payload.startswith(b'42["snapshot"'):
            self.snapshot_bytes = len(payload)
        super()._heard(payload)

    def _offered(self, payload: bytes) -> None:
        """A page that only looks accepts nothing."""


class Worker(Agent):
    """Accepts, hands a Contact on once, ends it the second time."""

    _handed: ClassVar[set[str]] = set()
    _queues = itertools.cycle(MORE)

    def _offered(self, payload: bytes) -> None:
        super()._offered(payload)
        for op in json.loads(payload[2:])[1]["ops"]:
            if op[0] == "put" and op[1] == "offers":
                contact_id: str = op[3]["contact_id"]
                asyncio.get_running_loop().call_later(TALK_SECONDS, self._go_on, contact_id)

    def _go_on(self, contact_id: str) -> None:
        if contact_id not in self._handed:
            self._handed.add(contact_id)
            self.do("transfer", contact_id=contact_id, queue_id=next(self._queues), note="to you")
            return
        self.do("end", contact_id=contact_id)
        self.do("finish_wrap_up", contact_id=contact_id, disposition="answered", notes="")


def run() -> list[Record]:
    """Fill a floor and measure its pages."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        set_up(folder / "setup")
        bank = prepare(folder / "data", port, AGENTS)
        watchers = asyncio.run(staff(folder / "data"))
        environment = bank.environment | {"HUB_SET_UP_DIR": str(folder / "setup")}
        with running(["-c", HUB, "serve"], port, folder / "log", environment) as server:
            return asyncio.run(_measure(server, bank, watchers))


async def _measure(server: Server, bank: Bank, tokens: tuple[str, ...]) -> list[Record]:
    workers = [Worker() for _ in bank.tokens]
    for worker, token in zip(workers, bank.tokens, strict=True):
        await worker.come(bank, token)
    board, counting, desk = Watcher("wallboard"), Watcher("wallboard"), Watcher("desk")
    await board.come(bank, tokens[0])
    await counting.come(bank, tokens[1])
    await desk.come(bank, bank.tokens[0])
    life = asyncio.create_task(live(bank, workers))
    await asyncio.sleep(WARM_SECONDS)
    spent, told, frames = server.cpu_seconds(), counting.feed_bytes, counting.feed_frames
    began = time.perf_counter()
    snapshots: Mapping[str, list[float]] = {"wallboard": [], "desk": []}
    for _ in range(SNAPSHOTS):
        snapshots["wallboard"].append(await board.hello())
        snapshots["desk"].append(await desk.hello())
        await asyncio.sleep(SECONDS / SNAPSHOTS)
    seconds = time.perf_counter() - began
    life.cancel()
    rate = (counting.feed_bytes - told) / seconds / 1000
    passed = sum(worker.offers_seen for worker in workers)
    records = [at_most("floor.offers", passed, "offers")]
    for topic, size in (("wallboard", board.snapshot_bytes), ("desk", desk.snapshot_bytes)):
        p50, p99 = (percentile(snapshots[topic], one) for one in (50, 99))
        records += [
            at_most(f"floor.{topic}_snapshot_p50_ms", p50, "ms", target=SNAPSHOT_TARGET_MS),
            at_most(f"floor.{topic}_snapshot_p99_ms", p99, "ms", target=SNAPSHOT_TARGET_MS),
            at_most(f"floor.{topic}_snapshot_kb", size / 1000, "KB"),
        ]
    return [
        *records,
        at_most("floor.increments_kb_per_second", rate, "KB/s", target=INCREMENT_TARGET_KB),
        at_most("floor.frames_per_second", (counting.feed_frames - frames) / seconds, "frames/s"),
        at_most("floor.server_cpu_share", (server.cpu_seconds() - spent) / seconds, "cores"),
    ]


async def live(bank: Bank, workers: list[Worker]) -> None:
    """Customers come, agents take breaks."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_arrive(bank, group))
        group.create_task(_change_presence(workers))


async def _arrive(bank: Bank, group: asyncio.TaskGroup) -> None:
    while True:
        group.create_task(_customer(bank))
        await asyncio.sleep(1 / ARRIVALS_PER_SECOND)


async def _customer(bank: Bank) -> None:
    visitor = Visitor()
    await visitor.come(bank)
    await visitor.ask_for_a_person()
    await visitor.wait_for_phase("agent")
    visitor.say()


async def _change_presence(workers: list[Worker]) -> None:
    for worker in itertools.cycle(workers[::-1]):
        worker.do("set_presence", presence="break", reason="lunch")
        await asyncio.sleep(1 / PRESENCES_PER_SECOND)
        worker.do("set_presence", presence="available", reason="")


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
