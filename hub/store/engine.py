"""Opening the store named by a URL: `sqlite:///path` or `postgresql://user@host/database`."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hub.domain.errors import Invalid
from hub.store.journal import Journal
from hub.store.migrations import migrate
from hub.store.process_lock import ProcessLock
from hub.store.reader import Reader
from hub.store.sqlite_journal import SqliteJournal
from hub.store.sqlite_reader import SqliteReader


@dataclass
class Store:
    """An open store: everything is written through `journal` and read through `reader`."""

    url: str
    journal: Journal
    reader: Reader
    lock: ProcessLock | None = None

    async def close(self) -> None:
        """Finish the writes that were taken, then close everything."""
        await self.journal.stop()
        await self.reader.close()
        if self.lock is not None:
            self.lock.release()


async def open_store(url: str) -> Store:
    """Open the store, bringing its tables up to date.

    Raises `Invalid` for a URL we do not know or a schema newer than the code, `Unavailable`
    when the database cannot be reached or another process writes to it.
    """
    kind = _backend(url)
    if kind == "sqlite":
        return await _open_sqlite(url)
    raise Invalid("store_url", f"no such kind of store: {kind}")


def _backend(url: str) -> str:
    try:
        return make_url(url).get_backend_name()
    except ArgumentError:
        raise Invalid("store_url", "use sqlite:///path or postgresql://user@host/name") from None


async def _open_sqlite(url: str) -> Store:
    path = Path(make_url(url).database or "").absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = ProcessLock(path)
    lock.take()
    try:
        await migrate(url)
        journal = SqliteJournal(path)
        await journal.start()
        return Store(url, journal, SqliteReader(path), lock)
    except BaseException:
        lock.release()
        raise
