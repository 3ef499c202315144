"""From a customer's wish for a person to the record on an agent's screen, at 200 contacts a second.

    python -m tests.benchmarks.screen_pop

200,000 customers and 1,000,000 past contacts lie in the store (BENCH_CUSTOMERS changes it).
Signed-in customers, drawn from all of them, choose `Talk to a person` in the bot's menu; the time
ends when an agent's page has the one frame that holds both the Offer and that customer's record.
First agents accept and go on talking; then again while they end and wrap up every talk at once.
"""

import asyncio
import base64
import contextlib
import gc
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey

from hub.journey.context import Viewer
from hub.journey.record import screen_pop
from hub.security.roles import Role
from tests.benchmarks import crowd
from tests.benchmarks.bank import WIDGET, Bank, prepare
from tests.benchmarks.disk import fsync_ms
from tests.benchmarks.filling import hub_of
from tests.benchmarks.people import Agent, Visitor, fresh_id
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_most, percentile, table

PER_SECOND, SECONDS, WARM_SECONDS = 200, 5, 1
CALLERS = PER_SECOND * (SECONDS + WARM_SECONDS)
AGENTS = 320
"""Room for four talks each: all callers of one round."""
AT_ONCE = 32
COMMITS = 2
"""The customer's choice with the hand-off to the Queue, then the Reservation."""
LAST_WAIT_SECONDS = 20.0
TARGET_P50_MS, TARGET_P99_MS = 2.0, 10.0
CHOICE = {"type": "choose", "value": "person", "text": "Talk to a person"}


class QuickAgent(Agent):
    """Accepts; in a hurry, ends and wraps up before a person could read."""

    def __init__(self) -> None:
        super().__init__()
        self.popped = Popped()
        self.hurries = False
        self._held: list[str] = []

    def end_all(self) -> None:
        """Be free again."""
        while self._held:
            self._end(self._held.pop())

    def _offered(self, payload: bytes) -> None:
        ops = json.loads(payload[2:])[1]["ops"]
        self.popped.take(ops)
        for op in ops:
            if op[:2] == ["put", "offers"]:
                self.do("accept", reservation_id=op[2])
                self._held.append(op[3]["contact_id"])
        if self.hurries:
            self.end_all()

    def _end(self, contact_id: str) -> None:
        self.do("end", contact_id=contact_id)
        self.do("finish_wrap_up", contact_id=contact_id, disposition="answered", notes="")


class Popped:
    """What came to the agents' screens, and when."""

    def __init__(self) -> None:
        self.sent_at: dict[str, float] = {}
        """Customer's number -> moment of the choice; monotonic."""
        self.took_ms: dict[str, float] = {}
        """From the choice."""
        self.queued_ms: list[float] = []
        """From the hub's moment of joining the Queue, by the wall clock of this machine."""
        self.contacts: list[str] = []
        self.complete = asyncio.Event()
        self.missing = 0
        """Callers whom no agent saw in time, as when the Queue was over its limit."""

    def take(self, ops: list[list[Any]]) -> None:
        """Read a frame with Offers; raise when an Offer comes without its record."""
        arrived_at, epoch = time.perf_counter(), time.time()
        records = {op[2]: op[3] for op in ops if op[:2] == ["put", "records"]}
        for offer in (op[3] for op in ops if op[:2] == ["put", "offers"]):
            number = records[offer["contact_id"]]["customer"]["number"]
            if number in self.took_ms or number not in self.sent_at:
                continue  # offered again: the first one counts
            self.took_ms[number] = (arrived_at - self.sent_at[number]) * 1000
            self.queued_ms.append((epoch - offer["offered_at"] + offer["waited_seconds"]) * 1000)
            self.contacts.append(offer["contact_id"])
        if len(self.contacts) == CALLERS:
            self.complete.set()

    def counted(self, values: Sequence[float]) -> list[float]:
        """Leave the warming-up out, unless there was nothing else."""
        return list(values)[PER_SECOND * WARM_SECONDS :] or list(values)


def run() -> list[Record]:
    """Fill the bank, call, then read records alone."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        bank = prepare(folder / "data", port, AGENTS)
        asyncio.run(crowd.fill(bank))
        floor = fsync_ms(folder).p50 * COMMITS
        with running(["-c", HUB, "serve"], port, folder / "log", bank.environment) as server:
            (offered, offered_cpu), (whole, whole_cpu) = asyncio.run(_both_rounds(server, bank))
        reads = asyncio.run(_reads(bank, whole.contacts))
    return [
        *_round("screen_pop.latency", offered.counted(list(offered.took_ms.values())), floor),
        *_plain("screen_pop.from_queue", offered.counted(offered.queued_ms)),
        *_plain("screen_pop.whole_walk", whole.counted(list(whole.took_ms.values()))),
        *_plain("screen_pop.read", reads),
        at_most("screen_pop.not_offered", offered.missing + whole.missing, "contacts", target=0),
        at_most("screen_pop.contact_cpu_ms", offered_cpu, "CPU-ms"),
        at_most("screen_pop.whole_walk_cpu_ms", whole_cpu, "CPU-ms"),
        at_most("screen_pop.customers", crowd.CUSTOMERS, "customers"),
        at_most("screen_pop.history_rows", crowd.CUSTOMERS * crowd.CONTACTS_EACH, "rows"),
    ]


def _round(name: str, values: list[float], floor: float) -> list[Record]:
    p50, p99 = percentile(values, 50), percentile(values, 99)
    return [
        at_most(f"{name}_p50_ms", p50, "ms", target=TARGET_P50_MS, raw=floor),
        at_most(f"{name}_p99_ms", p99, "ms", target=TARGET_P99_MS),
    ]


def _plain(name: str, values: list[float]) -> list[Record]:
    return [at_most(f"{name}_p{p}_ms", percentile(values, p), "ms") for p in (50, 99)]


async def _both_rounds(server: Server, bank: Bank) -> list[tuple[Popped, float]]:
    agents = [QuickAgent() for _ in bank.tokens]
    for agent, token in zip(agents, bank.tokens, strict=True):
        await agent.come(bank, token)
    chosen = random.Random(5).sample(range(crowd.CUSTOMERS), 2 * CALLERS)
    rounds = []
    for hurries, numbers in ((False, chosen[:CALLERS]), (True, chosen[CALLERS:])):
        rounds.append(await _round_of_calls(server, bank, agents, numbers, hurries=hurries))
        for agent in agents:
            agent.end_all()
    return rounds


async def _round_of_calls(
    server: Server, bank: Bank, agents: list[QuickAgent], numbers: list[int], *, hurries: bool
) -> tuple[Popped, float]:
    popped = Popped()
    for agent in agents:
        agent.popped, agent.hurries = popped, hurries
    callers = [(crowd.number_of(n), Visitor()) for n in numbers]
    for at in range(0, len(callers), AT_ONCE):
        await asyncio.gather(*(_greeted(bank, *one) for one in callers[at : at + AT_ONCE]))
    gc.collect()
    gc.freeze()
    spent = server.cpu_seconds()
    await _choose(callers, popped)
    spent = server.cpu_seconds() - spent
    gc.unfreeze()
    for number, _ in callers:
        if number not in popped.took_ms:
            popped.missing += 1
            popped.took_ms[number] = LAST_WAIT_SECONDS * 1000
    for _, visitor in callers:
        visitor.socket.close()
    return popped, spent * 1000 / CALLERS


async def _greeted(bank: Bank, number: str, visitor: Visitor) -> None:
    await visitor.come(bank, token=_word(bank, number))
    visitor.send({"type": "begin", "id": fresh_id()})
    await visitor.wait_for_phase("bot")


async def _choose(callers: list[tuple[str, Visitor]], popped: Popped) -> None:
    """So many a second; then wait for the last."""
    started = time.perf_counter()
    for count, (number, visitor) in enumerate(callers):
        ahead = started + count / PER_SECOND - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
        popped.sent_at[number] = time.perf_counter()
        visitor.send({**CHOICE, "id": fresh_id()})
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(popped.complete.wait(), LAST_WAIT_SECONDS)
    await asyncio.sleep(1.0)  # the last wrap-ups belong to the cost of a contact


def _word(bank: Bank, number: str) -> str:
    """The bank's word for who is signed in on its page."""
    now = int(time.time())
    claims = {"aud": WIDGET, "sub": number, "iat": now, "exp": now + 120, "jti": fresh_id()}
    key = OctKey.import_key(base64.b64decode(bank.widget_key))
    return jwt.encode({"alg": "HS256"}, claims, key)


async def _reads(bank: Bank, contacts: list[str]) -> list[float]:
    """Milliseconds of reading one record each, in this process."""
    took = []
    viewer = Viewer(user_id="usr_bench_00000", roles=frozenset({Role.AGENT}))
    async with hub_of(bank) as hub:
        for contact_id in contacts:
            started = time.perf_counter()
            pop = await screen_pop(hub, contact_id, viewer)
            took.append((time.perf_counter() - started) * 1000)
            assert pop["customer"] is not None
            assert pop["history"]
    return took


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
