"""Durable chat messages: from the visitor's socket to COMMIT, its ack, and the agent's console.

python -m tests.benchmarks.chat
"""

import asyncio
import tempfile
import time
from pathlib import Path

from tests.benchmarks import echo
from tests.benchmarks.bank import prepare
from tests.benchmarks.disk import fsync_ms
from tests.benchmarks.people import Agent, Visitor, in_talk
from tests.benchmarks.process import HUB, Server, free_port, pin_client, running
from tests.benchmarks.records import Record, at_least, at_most, table

VISITORS, AGENTS = 200, 100
SECONDS = 4.0
PACED_PER_SECOND = 1000
TARGET, TARGET_RATIO = 10_000, 0.16


def run() -> list[Record]:
    """Measure throughput with 1 and 4 in flight per chat, then latency at 1,000 a second."""
    raw = echo.measure()
    records = [at_least("raw.websocket_echo_per_cpu_second", raw, "messages/CPU-s")]
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        bank = prepare(folder / "data", port, AGENTS)
        arguments = ["-c", HUB, "serve"]
        with running(arguments, port, folder / "log", bank.environment) as server:
            records += asyncio.run(_measure(server, bank, raw))
    return records


async def _measure(server: Server, bank: object, raw: float) -> list[Record]:
    visitors, agents = await in_talk(bank, VISITORS)  # type: ignore[arg-type]
    records = []
    for in_flight, name in ((1, "chat.durable_messages_per_cpu_second"),
                            (4, "chat.durable_messages_per_cpu_second_4_in_flight")):  # fmt: skip
        rate = await _saturate(server, visitors, agents, in_flight)
        records.append(at_least(name, rate, "messages/CPU-s", target=TARGET, raw=raw))
        ratio = "chat.ratio_to_echo" + ("" if in_flight == 1 else "_4_in_flight")
        records.append(at_least(ratio, rate / raw, "x", target=TARGET_RATIO))
    floor = fsync_ms(Path(tempfile.gettempdir()))
    latencies = await _paced(visitors)
    p50, p99 = _percentile(latencies, 50), _percentile(latencies, 99)
    records += [
        at_most("raw.fsync_p50_ms", floor.p50, "ms"),
        at_most("raw.fsync_p99_ms", floor.p99, "ms"),
        at_most("chat.latency_p50_ms", p50, "ms", raw=floor.p50, target=floor.p50 + 1.0),
        at_most("chat.latency_p99_ms", p99, "ms", raw=floor.p99),
    ]
    return records


async def _saturate(
    server: Server, visitors: list[Visitor], agents: list[Agent], in_flight: int
) -> float:
    """Each visitor keeps `in_flight` messages on the way; counts what arrived at the consoles."""
    going = True

    def go_on(visitor: Visitor) -> None:
        if going:
            visitor.say()

    for visitor in visitors:
        visitor.on_ack = lambda who=visitor: go_on(who)  # type: ignore[misc]
    before, spent = sum(a.delivered for a in agents), server.cpu_seconds()
    for visitor in visitors:
        for _ in range(in_flight):
            visitor.say()
    await asyncio.sleep(SECONDS)
    delivered = sum(a.delivered for a in agents) - before
    spent = server.cpu_seconds() - spent
    going = False
    await asyncio.sleep(1.0)
    return delivered / spent


async def _paced(visitors: list[Visitor]) -> list[float]:
    """1,000 messages a second over all chats; the time from the send to the ack, in ms."""
    took: list[float] = []
    sent_at = [0.0] * len(visitors)

    def acked(index: int) -> None:
        if sent_at[index]:  # else the answer to a message of the measurement before
            took.append((time.perf_counter() - sent_at[index]) * 1000)
        sent_at[index] = 0.0

    for index, visitor in enumerate(visitors):
        visitor.on_ack = lambda i=index: acked(i)  # type: ignore[misc]
    step = 1 / PACED_PER_SECOND
    started, count = time.perf_counter(), int(SECONDS * PACED_PER_SECOND)
    for number in range(count):
        index = number % len(visitors)
        if sent_at[index] == 0.0:
            sent_at[index] = time.perf_counter()
            visitors[index].say()
        ahead = started + (number + 1) * step - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
    await asyncio.sleep(1.0)
    return took


def _percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
