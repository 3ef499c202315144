"""The reader on SQLite."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.domain.events import Logged
from hub.store import event_log
from hub.store.reader import START, Position, Rows
from hub.store.sessions import Sessions
from hub.store.sqlite_files import connect_reader
from hub.store.statements import SQLITE, statement
from hub.store.unit import Call

HEAVY_THREADS = 2


class SqliteReader:
    """`Reader` on one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect_reader(path)
        self._cursor = self._connection.cursor()
        self._threads = ThreadPoolExecutor(HEAVY_THREADS, thread_name_prefix="heavy-read")
        self._heavy = threading.local()
        self._heavy_connections: list[sqlite3.Connection] = []
        self._sessions = Sessions(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")

    # A few rows by index take SQLite 20 us; handing them to a thread and back takes 60-100 us of
    # CPU and a turn of the loop. So short reads run right here, in the loop's thread.
    async def rows(self, call: Call) -> Rows:
        """Return the rows of a short statement."""
        return _fetch(self._cursor, call)

    async def gather(self, calls: Sequence[Call]) -> list[Rows]:
        """Return the rows of several short statements, all of one moment."""
        cursor = self._cursor
        cursor.execute("BEGIN")
        try:
            return [_fetch(cursor, call) for call in calls]
        finally:
            cursor.execute("COMMIT")

    def read(self, call: Call) -> Rows:
        """Return the rows of a short statement, without a coroutine."""
        return _fetch(self._cursor, call)

    async def heavy(self, call: Call) -> Rows:
        """Return the rows of a long statement; it runs in a thread, two at a time."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._fetch_in_thread, call
        )

    def _fetch_in_thread(self, call: Call) -> Rows:
        if not hasattr(self._heavy, "cursor"):
            connection = connect_reader(self._path, mapped=True)
            self._heavy_connections.append(connection)
            self._heavy.cursor = connection.cursor()
        return _fetch(self._heavy.cursor, call)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a read-only session for SQLModel classes."""
        async with self._sessions.open() as session:
            yield session

    async def log_from(
        self,
        position: Position,
        limit: int = 1000,
        *,
        kinds: Collection[str] | None = None,
        aside: bool = False,
    ) -> list[Logged]:
        """Return the events after a position, in order; with `kinds`, only those."""
        call = event_log.SQLITE_AFTER(seq=position[1], most=limit)
        if kinds is not None:
            call = event_log.SQLITE_OF_KINDS(seq=position[1], most=limit, kinds=list(kinds))
        if not aside:
            return event_log.logged(self.read(call))
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: event_log.logged(self._fetch_in_thread(call))
        )

    async def events_of_contact(self, contact_id: str) -> list[Logged]:
        """Return a Contact's events in order, without `MessageAdded`."""
        return event_log.logged(self.read(event_log.OF_CONTACT(contact_id=contact_id)))

    async def head(self) -> Position:
        """Return the position of the newest event."""
        rows = self.read(event_log.SQLITE_HEAD())
        return (rows[0][0], rows[0][1]) if rows else START

    async def close(self) -> None:
        """Close the connections."""
        await self._sessions.close()
        self._threads.shutdown()
        for connection in self._heavy_connections:
            connection.close()
        self._connection.close()


def _fetch(cursor: sqlite3.Cursor, call: Call) -> Rows:
    prepared, values = call
    known = prepared.compiled.get("sqlite") or statement(prepared, SQLITE)
    return cursor.execute(*known.bind(values)).fetchall()
