"""Finding one of a million customers by words, although every word is sealed; and merging two.

    python -m tests.benchmarks.search

BENCH_CUSTOMERS customers (1,000,000 unless it says otherwise) with their index lie in the store,
written straight into the file. The time is that of `hub.journey.finding.search.search`: words cut
and hashed, posting lists met, candidates opened and masked, the audit entry committed.
"""

import asyncio
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.demo.people import Person, person
from config.demo.rows import Rows
from hub.customers.search.forms import Form, mail_forms, name_forms, phone_forms
from hub.journey.context import Hub, Viewer
from hub.journey.finding.merge import merge, undo_merge
from hub.journey.finding.search import search
from hub.security.roles import Role
from hub.security.search_key import SearchKey
from hub.store.sqlite_files import connect_writer
from hub.store.statements import SQLITE, statement
from tests.benchmarks.bank import Bank, prepare
from tests.benchmarks.disk import fsync_ms
from tests.benchmarks.filling import hub_of
from tests.benchmarks.process import free_port, pin_client
from tests.benchmarks.records import Record, at_most, percentile, table

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "1000000"))
CHUNK = 20_000
SEARCHES, MERGES = 1_500, 40
TARGET_P99_MS = 50.0
AGENT = Viewer(user_id="usr_bench_00000", roles=frozenset({Role.AGENT}))
SUPERVISOR = Viewer(user_id="usr_bench_00000", roles=frozenset({Role.SUPERVISOR}))


def run() -> list[Record]:
    """Fill, search, merge."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = prepare(folder / "data", free_port(), 1)
        asyncio.run(_fill(bank))
        floor = fsync_ms(folder).p50
        size_mb = (bank.folder / "hub.db").stat().st_size / 1_048_576
        found, merged = asyncio.run(_measure(bank))
    records = [
        at_most("search.customers", CUSTOMERS, "customers"),
        at_most("search.store_mib", size_mb, "MiB"),
    ]
    everything = [took for values in found.values() for took in values]
    records += [
        at_most("search.latency_p50_ms", percentile(everything, 50), "ms", raw=floor),
        at_most("search.latency_p99_ms", percentile(everything, 99), "ms", target=TARGET_P99_MS),
    ]
    for kind, values in found.items():
        records.append(at_most(f"search.{kind}_p99_ms", percentile(values, 99), "ms"))
    for kind, values in merged.items():
        records.append(at_most(f"search.{kind}_p99_ms", percentile(values, 99), "ms"))
    return records


async def _fill(bank: Bank) -> None:
    async with hub_of(bank) as hub:
        at = hub.clock.now()
    # The journal is closed: nobody else writes.
    connection = connect_writer(bank.folder / "hub.db")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-1500000")
    try:
        _write(connection, hub, at)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _write(connection: sqlite3.Connection, hub: Hub, at: float) -> None:
    rows, key = Rows(hub.vault, hub.lookup), hub.lookup.words
    token, owner = (
        "INSERT INTO search_token VALUES (?, ?)",
        "INSERT INTO search_owner VALUES (?, ?)",
    )
    told_at = time.perf_counter()
    for begin in range(0, CUSTOMERS, CHUNK):
        people = [_person(n) for n in range(begin, min(begin + CHUNK, CUSTOMERS))]
        calls = [statement(c.prepared, SQLITE).bind(c.values) for c in
                 (rows.person(who, at) for who in people)]  # fmt: skip
        tokens = sorted(
            (one, n) for n, who in enumerate(people, begin + 1) for one in _tokens(key, who)
        )
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(calls[0][0], [values for _, values in calls])
        connection.executemany(owner, [(n, who.id) for n, who in enumerate(people, begin + 1)])
        connection.executemany(token, tokens)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if time.perf_counter() - told_at > 10:
            told_at = time.perf_counter()
            print(f"  {begin:,} of {CUSTOMERS:,} customers written", file=sys.stderr)  # noqa: T201


def _person(n: int) -> Person:
    return person(n)


def _tokens(key: SearchKey, who: Person) -> set[int]:
    forms: list[Form] = [("number", who.number)]
    forms += [("digits", digits) for digits in phone_forms(who.phone)]
    forms += [("mail", mail) for mail in mail_forms(who.email)]
    tokens = set(key.of(forms))
    for name in {who.name, who.name_zh} - {""}:
        tokens |= _name_tokens(key, name)
    return tokens


@cache
def _name_tokens(key: SearchKey, name: str) -> frozenset[int]:
    """Many share a name; its forms are cut and hashed once."""
    return key.of(name_forms(name))


def _words(who: Person) -> Iterator[tuple[str, str]]:
    """What agents type to find this customer, by kind."""
    first, *rest = who.name.split()
    last = rest[-1] if rest else first
    if who.name_zh:
        yield "han", who.name_zh
        yield "surname", who.name_zh[0]
        yield "pinyin", f"{first}{last}".lower()
        yield "initials", f"{first[0]}{last[0]}".lower()
    yield "name", who.name
    yield "reversed", f"{last} {first}"
    yield "begun", f"{first[:2]} {last[:2]}"
    yield "name_and_number", f"{last} {who.number}"
    yield "number", who.number
    yield "phone", f"{who.phone[3:6]} {who.phone[6:10]} {who.phone[10:]}"
    yield "mail", who.email


async def _measure(bank: Bank) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    dice = random.Random(7)
    asked = [
        one for _ in range(SEARCHES // 8) for one in _words(_person(dice.randrange(CUSTOMERS)))
    ]
    asked += [("crossed", f"{_person(n).name.split()[0]} {_person(n + 1).name.split()[0]}")
              for n in dice.sample(range(CUSTOMERS - 1), 100)]  # fmt: skip
    dice.shuffle(asked)
    found: dict[str, list[float]] = {}
    async with hub_of(bank) as hub:
        for _, words in asked[:50]:
            await search(hub, AGENT, words)
        for kind, words in asked:
            began = time.perf_counter()
            answer = await search(hub, AGENT, words)
            found.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
            if kind not in ("crossed", "begun", "surname"):
                assert answer["customers"], kind
        return found, await _merges(hub, dice)


async def _merges(hub: Hub, dice: random.Random) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {"merge": [], "undo_merge": []}
    for n in dice.sample(range(CUSTOMERS - 1), MERGES):
        kept, gone = _person(n).id, _person(n + 1).id
        began = time.perf_counter()
        merge_id = await merge(
            hub, SUPERVISOR, kept_id=kept, merged_id=gone, choices={}, reason="benchmark"
        )
        took["merge"].append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        await undo_merge(hub, SUPERVISOR, merge_id=merge_id, reason="benchmark")
        took["undo_merge"].append((time.perf_counter() - began) * 1000)
    return took


if __name__ == "__main__":
    pin_client()
    print(table(run()))  # noqa: T201  (a table for whoever asked)
