"""What the SQLite journal does when the disk, another process or too much work is in its way."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from hub.adapters.crashpoints import EXIT_CODE
from hub.domain.errors import Refused, Unavailable
from hub.domain.events import QueueOpened
from hub.store import sqlite_files
from hub.store.engine import Store, open_store
from hub.store.rows import table_of
from hub.store.sqlite_files import sqlite_path
from hub.store.sqlite_journal import SqliteJournal
from hub.store.tables import Receipt
from hub.store.unit import Append, Prepared, Unit
from tests.support.clock import ManualClock

TABLE = table_of(Receipt)
PUT = Prepared(insert(TABLE))
COUNT = Prepared(select(func.count()).select_from(TABLE))


def put(key: str, *, size: int = 10) -> Unit[str]:
    yield PUT(scope="test", key=key, result="x" * size, at=1.0)
    yield Append(QueueOpened(at=1.0, queue_id=key))
    return key


def writer_of(store: Store) -> sqlite3.Connection:
    assert isinstance(store.journal, SqliteJournal)
    return store.journal._connection


async def counts(store: Store) -> tuple[int, int]:
    """Receipts and events."""
    receipts = await store.reader.rows(COUNT())
    return receipts[0][0], len(await store.reader.log_from((0, 0)))


async def test_a_full_disk_refuses_everything_and_space_heals_it(sqlite_store: Store) -> None:
    await sqlite_store.journal.run(put("before"))
    writer = writer_of(sqlite_store)
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages}")
    outcomes = await asyncio.gather(
        *(sqlite_store.journal.run(put(f"k{n}", size=100_000)) for n in range(5)),
        return_exceptions=True,
    )
    assert {getattr(o, "code", o) for o in outcomes} == {"disk_full"}
    assert await counts(sqlite_store) == (1, 1)
    writer.execute("PRAGMA max_page_count=1000000")
    await sqlite_store.journal.run(put("after", size=100_000))
    assert await counts(sqlite_store) == (2, 2)
    assert [e.position for e in await sqlite_store.reader.log_from((0, 0))] == [(0, 1), (0, 2)]


async def test_another_writer_is_waited_for_and_then_refused(
    sqlite_store: Store, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer_of(sqlite_store).execute("PRAGMA busy_timeout=50")
    foreign = sqlite3.connect(sqlite_files.sqlite_path(sqlite_url), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database_busy"):
        await sqlite_store.journal.run(put("a"))
    foreign.execute("ROLLBACK")
    foreign.close()
    assert await sqlite_store.journal.run(put("a")) == "a"


class FailingCursor:
    """Fails one statement as a dying disk would, else passes everything on."""

    def __init__(self, cursor: sqlite3.Cursor, statement: str, code: int) -> None:
        self._cursor = cursor
        self._statement = statement
        self._code = code

    def execute(self, sql: str, *values: Any) -> Any:
        if sql == self._statement:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = self._code
            error.sqlite_errorname = "SQLITE_IOERR"
            raise error
        return self._cursor.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


async def test_after_a_failed_fsync_the_process_must_stop(sqlite_url: str) -> None:
    fatal: list[BaseException] = []
    journal = SqliteJournal(sqlite_files.sqlite_path(sqlite_url), on_fatal=fatal.append)
    await journal.start()
    failing: Any = FailingCursor(journal._writer._cursor, "COMMIT", sqlite3.SQLITE_IOERR_FSYNC)
    journal._writer._cursor = failing
    with pytest.raises(Unavailable, match="disk_error"):
        await journal.run(put("a"))
    assert len(fatal) == 1
    with pytest.raises(Unavailable, match="disk_failed"):
        await journal.run(put("b"))
    await journal.stop()
    assert len(fatal) == 1, "a commit was tried again"


async def test_too_much_waiting_is_refused_at_once(sqlite_url: str) -> None:
    journal = SqliteJournal(sqlite_files.sqlite_path(sqlite_url), units_waiting=10)
    await journal.start()
    foreign = sqlite3.connect(sqlite_files.sqlite_path(sqlite_url), isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")  # holds the writer, so that units pile up
    outcomes: list[Any] = []
    journal.submit(put("first"), outcomes.append)
    refused = 0
    for n in range(50):
        try:
            journal.submit(put(f"k{n}"), outcomes.append)
        except Unavailable:
            refused += 1
    assert refused >= 39
    foreign.execute("ROLLBACK")
    foreign.close()
    await journal.stop()
    assert len(outcomes) == 51 - refused
    assert not [o for o in outcomes if isinstance(o, BaseException)]


async def test_stopping_finishes_what_was_taken(sqlite_url: str, clock: ManualClock) -> None:
    store = await open_store(sqlite_url, clock=clock)
    outcomes: list[Any] = []
    for n in range(700):
        store.journal.submit(put(str(n)), outcomes.append)
    await store.close()
    assert outcomes == [str(n) for n in range(700)]
    with pytest.raises(Unavailable, match="stopping"):
        await store.journal.run(put("late"))


async def test_a_clean_stop_leaves_one_whole_file(sqlite_url: str, clock: ManualClock) -> None:
    store = await open_store(sqlite_url, clock=clock)
    for n in range(50):
        store.journal.submit(put(str(n), size=4_000), lambda _: None)
    await store.journal.run(put("last"))
    path = sqlite_path(sqlite_url)
    left = path.with_name(path.name + "-wal")
    assert left.stat().st_size > 0
    await store.close()
    assert not left.exists() or left.stat().st_size == 0


async def test_an_error_of_the_unit_reaches_its_caller(sqlite_store: Store) -> None:
    def broken() -> Unit[None]:
        yield PUT(scope="test", key="x", at=1.0)
        raise KeyError("a bug")

    def misspelt() -> Unit[None]:
        yield PUT(scope="test", kye="x", at=1.0)

    with pytest.raises(KeyError):
        await sqlite_store.journal.run(broken())
    with pytest.raises(TypeError, match="kye"):
        await sqlite_store.journal.run(misspelt())
    with pytest.raises(Refused):
        await sqlite_store.journal.run(refuse())
    assert await counts(sqlite_store) == (0, 0)


def refuse() -> Unit[None]:
    yield PUT(scope="test", key="x", at=1.0)
    raise Refused("no")


async def test_a_second_process_is_told_who_writes(sqlite_store: Store, sqlite_url: str) -> None:
    with pytest.raises(Unavailable, match=f"process {os.getpid()} writes to"):
        await open_store(sqlite_url, clock=ManualClock())


PROGRAM = """
import asyncio, sys
from hub.store.engine import open_store
from tests.integration.store.test_sqlite_failures import put
from tests.support.clock import ManualClock

async def main():
    store = await open_store(sys.argv[1], clock=ManualClock())
    for n in range(5):
        await store.journal.run(put(str(n)))
        print(n, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("place", "stored"), [("journal.before_commit:3", 2), ("journal.after_commit:3", 3)]
)
async def test_a_killed_process_keeps_what_it_acknowledged(
    sqlite_url: str, place: str, stored: int
) -> None:
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", PROGRAM, sqlite_url],
        env={**os.environ, "HUB_CRASH": place, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert ended.returncode == EXIT_CODE, ended.stderr
    assert ended.stdout.split() == [b"0", b"1"], "two units were acknowledged"
    store = await open_store(sqlite_url, clock=ManualClock())
    assert await counts(store) == (stored, stored)
    assert await store.journal.run(put("next")) == "next"
    positions = [e.position for e in await store.reader.log_from((0, 0))]
    await store.close()
    assert positions == [(0, n + 1) for n in range(stored + 1)]
