"""Finding closed Contacts by words among a million sealed Messages.

    python -m tests.benchmarks.messages

BENCH_MESSAGES (1,000,000 unless it says otherwise) Messages, ten in each Contact, in both
languages, with a vocabulary in which some words are common and most are rare, lie in the store,
written straight into the file; the index is cut, hashed and written as `WordKeeper` does it. The
time is that of `hub.journey.finding.closed.search_contacts`: words cut and hashed, lists met, what
was found opened and read, the audit entry committed. Raw is one `fdatasync`.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hub.domain.reference import reference_of
from hub.journey.context import Hub, Viewer
from hub.journey.finding.closed import search_contacts
from hub.journey.finding.selection import Filters
from hub.journey.finding.words.forms import forms_of
from hub.journey.finding.words.index import WordKeeper
from hub.security.roles import Role
from hub.store.sqlite_files import connect_writer
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.disk import fsync_ms
from tests.benchmarks.filling import hub_of
from tests.benchmarks.process import free_port, pin_client
from tests.benchmarks.records import Record, at_least, at_most, percentile, table

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "1000000"))
IN_ONE, AGENTS, CHUNK = 10, 300, 2_000
SEARCHES, TARGET_P99_MS = 600, 200.0
FIRST_AT, BETWEEN_SECONDS = 1_700_000_000.0, 60.0
ENGLISH, HAN = 20_000, 3_000
NEW_CONTACTS = 200
PAGE_BYTES = 4096
SUPERVISOR = Viewer(user_id="usr_bench_00000", roles=frozenset({Role.SUPERVISOR}))
SYLLABLES = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "ei", "o", "u", "ai")]


def run() -> list[Record]:
    """Fill, index some more, search."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = prepare(folder / "data", free_port(), 1)
        sizes = asyncio.run(_fill(bank))
        floor = fsync_ms(folder).p50
        pace, found, cpu = asyncio.run(_measure(bank))
    everything = [took for values in found.values() for took in values]
    return [
        at_most("messages.stored", MESSAGES, "messages"),
        at_most("messages.index_bytes_each", sizes["index"] / MESSAGES, "bytes"),
        at_most("messages.index_share", sizes["index"] / sizes["all"], "of the store"),
        at_least("messages.indexed_per_cpu_second", pace, "messages"),
        at_most("messages.search_p50_ms", percentile(everything, 50), "ms", raw=floor),
        at_most("messages.search_p99_ms", percentile(everything, 99), "ms", target=TARGET_P99_MS),
        at_most("messages.search_cpu_p50_ms", percentile(cpu, 50), "CPU-ms"),
        at_most("messages.search_cpu_p99_ms", percentile(cpu, 99), "CPU-ms"),
        *(
            at_most(f"messages.search_{kind}_p99_ms", percentile(values, 99), "ms")
            for kind, values in found.items()
        ),
    ]


class Words:
    """Words by rank: the first are in every tenth Message, the last in one of a million."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def english(self) -> str:
        """A word."""
        return english(int(ENGLISH * self.chance.random() ** 4))

    def chinese(self) -> str:
        """Two to four characters."""
        count = self.chance.choice((2, 2, 2, 3, 4))
        return "".join(han(int(HAN * self.chance.random() ** 3)) for _ in range(count))

    def message(self, number: int) -> str:
        """About fifteen words in one language."""
        if number % 2:
            return " ".join(self.english() for _ in range(self.chance.randrange(8, 22))) + "."
        return "，".join(self.chinese() for _ in range(self.chance.randrange(5, 12))) + "。"


def english(rank: int) -> str:
    """The word of this rank."""
    found = ""
    while True:
        rank, at = divmod(rank, len(SYLLABLES))
        found += SYLLABLES[at]
        if not rank:
            return found + "k"


def han(rank: int) -> str:
    """The character of this rank."""
    return chr(0x4E00 + rank * 5)


async def _fill(bank: Bank) -> dict[str, int]:
    async with hub_of(bank) as hub:
        pass
    # The journal is closed: nobody else writes.
    file = bank.folder / "hub.db"
    connection = connect_writer(file)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-1000000")
    try:
        pages = _write(connection, hub)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return {"index": pages * PAGE_BYTES, "all": file.stat().st_size}


def _write(connection: sqlite3.Connection, hub: Hub) -> int:
    """Write it all; returns the pages that the index took."""
    words, key, grown = Words(random.Random(7)), hub.lookup.words, 0
    for begin in range(0, MESSAGES // IN_ONE, CHUNK):
        tokens: list[tuple[int, int]] = []
        connection.execute("BEGIN IMMEDIATE")
        for n in range(begin, min(begin + CHUNK, MESSAGES // IN_ONE)):
            texts = [words.message(n) for _ in range(IN_ONE)]
            _write_contact(connection, hub, n, texts)
            connection.execute("INSERT INTO word_owner VALUES (?, ?)", (n + 1, _id(n)))
            tokens += ((token, n + 1) for token in key.of(forms_of(texts)))
        before = _pages(connection)
        connection.executemany("INSERT INTO word_token VALUES (?, ?)", sorted(tokens))
        grown += _pages(connection) - before
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        print(f"  {begin * IN_ONE:,} of {MESSAGES:,} messages", file=sys.stderr)  # noqa: T201
    reached = FIRST_AT + MESSAGES // IN_ONE * BETWEEN_SECONDS
    connection.execute("INSERT INTO word_index VALUES ('messages', ?)", (reached,))
    return grown


def _pages(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA page_count").fetchone()[0])


def _id(n: int) -> str:
    return f"con_{n:026d}"


def _write_contact(connection: sqlite3.Connection, hub: Hub, n: int, texts: list[str]) -> None:
    at, contact, thread = FIRST_AT + n * BETWEEN_SECONDS, _id(n), f"cnv_{n:026d}"
    values = {
        "id": contact, "reference": reference_of(contact), "conversation_id": thread,
        "channel": "email", "account": "service@bank.example", "state": "closed",
        "ending": "handled", "language": "en", "identity_level": 0, "queue_id": "messages",
        "priority": 0, "value": 0.0, "requirements": "[]", "relaxed": 0, "tried_agent_ids": "[]",
        "first_seq": 1, "arrived_at": at - 600, "state_since": at, "closed_at": at, "version": 0,
    }  # fmt: skip
    _insert(connection, "contact", values)
    agent = f"usr_agent_{n % AGENTS:05d}"
    served = {
        "id": f"asg_{n:026d}", "contact_id": contact, "conversation_id": thread, "channel": "email",
        "agent_id": agent, "cause": "accepted", "started_at": at - 500, "ended_at": at,
        "wrap_up": "done", "wrap_up_extended": 0, "more_dispositions": "[]",
    }  # fmt: skip
    _insert(connection, "assignment", served)
    for seq, text in enumerate(texts, 1):
        key = f"k{n}-{seq}"
        sealed = hub.vault.seal(json.dumps({"text": text}), "message", "body", f"{thread}/{key}")
        said = {
            "conversation_id": thread, "seq": seq, "key": key, "contact_id": contact,
            "speaker": "customer", "audience": "everyone", "kind": "text", "body_sealed": sealed,
            "at": at - 600 + seq,
        }  # fmt: skip
        _insert(connection, "message", said)


def _insert(connection: sqlite3.Connection, name: str, values: dict[str, object]) -> None:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {name} ({columns}) VALUES ({marks})", list(values.values()))


# -- searching -----------------------------------------------------------------------------------


def _asked(chance: random.Random) -> Iterator[tuple[str, str]]:
    """What people type, by kind: common and rare words of both languages, together and crossed."""
    yield "common", english(chance.randrange(20))
    yield "rare", english(chance.randrange(2_000, ENGLISH))
    yield "han", han(chance.randrange(200)) + han(chance.randrange(200))
    yield "han_rare", "".join(han(chance.randrange(HAN)) for _ in range(3))
    yield "two", f"{english(chance.randrange(100))} {english(chance.randrange(5_000))}"
    yield "crossed", f"{english(chance.randrange(50))} {han(chance.randrange(60))}{han(0)}"


async def _measure(bank: Bank) -> tuple[float, dict[str, list[float]], list[float]]:
    cpu: list[float] = []
    chance, found = random.Random(11), dict[str, list[float]]()
    asked = [one for _ in range(SEARCHES // 6) for one in _asked(chance)]
    async with hub_of(bank) as hub:
        pace = await _index_more(bank, hub)
        agent = Viewer(user_id="usr_agent_00007", roles=frozenset({Role.AGENT}))
        for number, (kind, words) in enumerate(asked):
            viewer = SUPERVISOR if number % 12 < 6 else agent
            filters = Filters(since_at=0.0, until_at=4e9, words=words)
            began, busy = time.perf_counter(), time.process_time()
            await search_contacts(hub, viewer, filters)
            cpu.append((time.process_time() - busy) * 1000)
            took = (time.perf_counter() - began) * 1000
            name = kind if viewer is SUPERVISOR else f"own_{kind}"
            found.setdefault(name, []).append(took)
    return pace, found, cpu


async def _index_more(bank: Bank, hub: Hub) -> float:
    """Close some more, as a day does, and index them beside the million; Messages a CPU-second."""
    words, first = Words(random.Random(8)), MESSAGES // IN_ONE
    connection = sqlite3.connect(bank.folder / "hub.db", timeout=10.0)
    with connection:
        for n in range(first, first + NEW_CONTACTS):
            _write_contact(connection, hub, n, [words.message(n) for _ in range(IN_ONE)])
    connection.close()
    keeper = WordKeeper(hub)
    began, count = time.process_time(), 0
    while done := await keeper.index_some():
        count += done
    assert count == NEW_CONTACTS
    return count * IN_ONE / (time.process_time() - began)


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
