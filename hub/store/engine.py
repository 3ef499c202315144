"""Opening the store named by a URL: `sqlite:///path` or `postgresql://user@host/database`."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from hub.domain.errors import Invalid, Unavailable
from hub.ports import Clock, Signal
from hub.store.journal import Journal
from hub.store.migrations import migrate
from hub.store.process_lock import ProcessLock
from hub.store.reader import Reader
from hub.store.sqlite_files import sqlite_path, unavailable
from hub.store.sqlite_journal import SqliteJournal
from hub.store.sqlite_reader import SqliteReader

USE = "use sqlite:///path or postgresql://user@host/database"


@dataclass
class Store:
    """An open store: everything is written through `journal` and read through `reader`."""

    url: str
    journal: Journal
    reader: Reader
    shared: bool
    """Other nodes may write to it too."""
    lock: ProcessLock | None = None

    async def close(self) -> None:
        """Finish the writes that were taken, then close everything."""
        await self.journal.stop()
        await self.reader.close()
        if self.lock is not None:
            self.lock.release()


async def open_store(url: str, *, clock: Clock, signal: Signal | None = None) -> Store:
    """Open the store, bringing its tables up to date; `signal` joins the nodes of a shared one.

    Raises `Invalid` for a URL we do not know or a schema newer than the code, `Unavailable`
    when the database cannot be reached or another process writes to it.
    """
    kind = _kind(url)
    if kind == "sqlite":
        return await _open_sqlite(url)
    if kind == "postgresql":
        return await _open_postgres(url, clock, signal)
    raise Invalid("store_url", f"{kind} is no store; {USE}")


def _kind(url: str) -> str:
    try:
        return make_url(url).get_backend_name()
    except ArgumentError:
        raise Invalid("store_url", USE) from None


async def _open_sqlite(url: str) -> Store:
    path = sqlite_path(url)
    lock = ProcessLock(path)
    lock.take()
    try:
        await migrate(url)
        journal = SqliteJournal(path)
        await journal.start()
        return Store(url, journal, SqliteReader(path), shared=False, lock=lock)
    except (sqlite3.Error, DBAPIError) as error:
        lock.release()
        raise _unusable(path, error) from error
    except BaseException:
        lock.release()
        raise


def _unusable(path: Path, error: sqlite3.Error | DBAPIError) -> Unavailable:
    cause = error.orig if isinstance(error, DBAPIError) else error
    found = unavailable(cause) if cause is not None else None
    code = found.code if found else "database_failed"
    return Unavailable(code, f"{path}: {cause}; look at the file and its disk, or use a backup")


async def _open_postgres(url: str, clock: Clock, signal: Signal | None) -> Store:
    try:
        from hub.store.postgres_open import open_postgres  # noqa: PLC0415  its driver is optional
    except ModuleNotFoundError as missing:
        raise Invalid(
            "store_url", f"PostgreSQL needs {missing.name}: pip install 'contact-hub[postgres]'"
        ) from None
    journal, reader = await open_postgres(url, clock, signal)
    return Store(url, journal, reader, shared=True)
