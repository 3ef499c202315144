"""How many units of work the SQLite journal makes durable, beside what the disk allows.

    python -m tests.benchmarks.journal

A unit is what a chat message costs the store: a message row, its conversation's counter, an
event. 64 units wait at any time; CPU-seconds are those of this process, system time included.
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, update

from hub.adapters.clock import SystemClock
from hub.domain.codec import encode
from hub.domain.events import MessageAdded
from hub.store.engine import open_store
from hub.store.journal import Journal
from hub.store.migrations import migrate
from hub.store.rows import table_of
from hub.store.sqlite_files import connect_writer
from hub.store.sqlite_writer import INSERT_EVENT
from hub.store.statements import SQLITE, statement
from hub.store.tables import Conversation, Message
from hub.store.unit import Append, Prepared, Unit
from tests.benchmarks.records import Record, at_least, at_most, table

WAITING = 64
SECONDS = 3.0
CONVERSATIONS = 200

CONTACT = "con_01jq7w9v3m4k8zt5x2y6c1d0ef"

_message = table_of(Message)
_conversation = table_of(Conversation)
ADD = Prepared(insert(_message))
COUNT = Prepared(
    update(_conversation)
    .where(_conversation.c.id == bindparam("conversation"))
    .values(last_seq=bindparam("seq"))
)
OPEN = Prepared(insert(_conversation))


def add_message(n: int) -> Unit[int]:
    """Store one message."""
    yield COUNT(conversation=conversation_id(n), seq=n)
    yield ADD(**message_row(n))
    yield Append(added(n))
    return n


def message_row(n: int) -> dict[str, Any]:
    """Return a message of 200 sealed bytes, in the order of its columns."""
    return {
        "conversation_id": conversation_id(n),
        "seq": n,
        "key": f"key-{n:020d}",
        "contact_id": CONTACT,
        "speaker": "customer",
        "audience": "all",
        "agent_id": None,
        "kind": "text",
        "body_sealed": b"x" * 200,
        "at": 1_800_000_000.5,
    }


def added(n: int) -> MessageAdded:
    """Return the event of that message."""
    return MessageAdded(
        at=1_800_000_000.5,
        contact_id=CONTACT,
        conversation_id=conversation_id(n),
        seq=n,
        speaker="customer",
        audience="all",
    )


def conversation_id(n: int) -> str:
    """Spread messages over the conversations."""
    return f"cvn_{n % CONVERSATIONS:026d}"


def conversation_row(n: int) -> dict[str, Any]:
    """Return a conversation whose counter will move."""
    return {
        "id": conversation_id(n),
        "address_id": f"adr_{n}",
        "channel": "web_chat",
        "account": "bank",
        "created_at": 0.0,
    }


async def open_conversations(journal: Journal) -> None:
    """Make the rows whose counters move."""

    def unit() -> Unit[None]:
        for n in range(CONVERSATIONS):
            yield OPEN(**conversation_row(n))

    await journal.run(unit())


async def measure(folder: Path, seconds: float = SECONDS) -> dict[str, float]:
    """Return units per second of wall and of CPU."""
    store = await open_store(f"sqlite:///{folder / 'bench.db'}", clock=SystemClock())
    await open_conversations(store.journal)
    numbers = iter(range(1, 100_000_000))
    count = 0
    end_at = time.perf_counter() + seconds
    waiting = WAITING
    finished = asyncio.Event()

    def done(result: Any) -> None:
        nonlocal count, waiting
        if isinstance(result, BaseException):
            raise result
        count += 1
        if time.perf_counter() < end_at:
            store.journal.submit(add_message(next(numbers)), done)
        else:
            waiting -= 1
            if not waiting:
                finished.set()

    began_cpu, began = time.process_time(), time.perf_counter()
    for _ in range(WAITING):
        store.journal.submit(add_message(next(numbers)), done)
    await finished.wait()
    cpu, wall = time.process_time() - began_cpu, time.perf_counter() - began
    await store.close()
    return {"units_per_cpu_second": count / cpu, "units_per_second": count / wall}


def measure_raw(folder: Path, seconds: float = SECONDS) -> dict[str, float]:
    """Return the same statements run bare: no units, no savepoints, no thread, no loop."""
    path = folder / "raw.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    connection = connect_writer(path)
    cursor = connection.cursor()
    for n in range(CONVERSATIONS):
        cursor.execute(*statement(OPEN, SQLITE).bind(conversation_row(n)))
    count_sql, add_sql = statement(COUNT, SQLITE).sql, statement(ADD, SQLITE).sql
    body = encode(added(1))
    stored = 0
    began_cpu, end_at = time.process_time(), time.perf_counter() + seconds
    while time.perf_counter() < end_at:
        cursor.execute("BEGIN IMMEDIATE")
        events = []
        for n in range(stored + 1, stored + 1 + WAITING):
            conversation = conversation_id(n)
            cursor.execute(count_sql, (n, conversation))
            cursor.execute(add_sql, tuple(message_row(n).values()))
            events.append((n, 1.5, "MessageAdded", CONTACT, body))
        cursor.executemany(INSERT_EVENT, events)
        cursor.execute("COMMIT")
        stored += WAITING
    cpu = time.process_time() - began_cpu
    connection.close()
    return {"raw_units_per_cpu_second": stored / cpu}


def fdatasync_floor(folder: Path, seconds: float = 1.0) -> dict[str, float]:
    """Return the median and 99th percentile of a 4 KiB append made durable, in ms."""
    path = folder / "floor"
    taken = []
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    end_at = time.perf_counter() + seconds
    while time.perf_counter() < end_at:
        began = time.perf_counter()
        os.write(descriptor, b"x" * 4096)
        os.fdatasync(descriptor)
        taken.append((time.perf_counter() - began) * 1000)
    os.close(descriptor)
    taken.sort()
    return {
        "fdatasync_p50_ms": taken[len(taken) // 2],
        "fdatasync_p99_ms": taken[len(taken) * 99 // 100],
    }


def run() -> list[Record]:
    """Measure the disk, the bare statements and the journal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor, raw = fdatasync_floor(folder), measure_raw(folder)["raw_units_per_cpu_second"]
        found = asyncio.run(measure(folder))
    return [
        at_least(
            "journal.units_per_cpu_second", found["units_per_cpu_second"], "units/CPU-s", raw=raw
        ),
        at_least("journal.units_per_second", found["units_per_second"], "units/s"),
        at_most("journal.fdatasync_p50_ms", floor["fdatasync_p50_ms"], "ms"),
        at_most("journal.fdatasync_p99_ms", floor["fdatasync_p99_ms"], "ms"),
    ]


if __name__ == "__main__":
    print(table(run()))  # noqa: T201  (a table for whoever asked)
