"""Moves committed pages from the write-ahead log into the database file, off the writer's path."""

import contextlib
import sqlite3
import threading
from pathlib import Path

from hub.store.sqlite_files import connect_writer

EVERY_SECONDS = 0.5
RESTART_PAGES = 16_000
TRUNCATE_BYTES = 256 * 1024 * 1024


class Checkpointer:
    """A thread that checkpoints passively: it copies what it can and makes nobody wait.

    While commits never pause, a passive checkpoint never finds the log idle, and it only grows.
    So above `restart_pages` the writer starts it again from the top between two commits; nearly
    all has been copied by then, so the pause is short. Writing over old pages also makes the
    fsync cheaper than growing the file does, so the file is cut only when it became huge.
    """

    def __init__(self, path: Path, *, restart_pages: int = RESTART_PAGES) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._restart_pages = restart_pages
        self._stop = threading.Event()
        self._wanted: str | None = None
        self._thread = threading.Thread(target=self._run, name="checkpoint", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def after_commit(self, writer: sqlite3.Connection) -> None:
        """Called by the writer thread between commits."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            with contextlib.suppress(sqlite3.Error):  # a reader is in the way; next time
                writer.execute(f"PRAGMA wal_checkpoint({wanted})")

    def _run(self) -> None:
        with contextlib.closing(connect_writer(self._path)) as connection:
            while not self._stop.wait(EVERY_SECONDS):
                with contextlib.suppress(sqlite3.Error):  # e.g. a full disk; the log keeps all
                    self._checkpoint(connection)

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        command = connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _, pages, _ = command.fetchone()
        if pages > self._restart_pages:
            is_huge = self._log.stat().st_size > TRUNCATE_BYTES
            self._wanted = "TRUNCATE" if is_huge else "RESTART"


def empty_log(writer: sqlite3.Connection) -> None:
    """Copy all that the log holds and cut it: what is left of a clean stop is one file."""
    with contextlib.suppress(sqlite3.Error):  # a reader is in the way; the next start copies it
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
