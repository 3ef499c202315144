"""Moves committed pages from the write-ahead log into the database file, off the writer's path."""

import contextlib
import sqlite3
import threading
from pathlib import Path

from hub.store.sqlite_files import connect_writer

EVERY_SECONDS = 1.0
TRUNCATE_BYTES = 64 * 1024 * 1024


class Checkpointer:
    """A thread that checkpoints passively: it copies what it can and makes nobody wait.

    While commits never pause, a passive checkpoint never finds the log idle and the file only
    grows. Above `truncate_bytes` the writer itself cuts it between two commits; nearly
    everything has been copied by then, so the pause is short.
    """

    def __init__(self, path: Path, *, truncate_bytes: int = TRUNCATE_BYTES) -> None:
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._truncate_bytes = truncate_bytes
        self._stop = threading.Event()
        self._truncate = threading.Event()
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
        if self._truncate.is_set():
            self._truncate.clear()
            with contextlib.suppress(sqlite3.Error):  # a reader is in the way; next time
                writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _run(self) -> None:
        with contextlib.closing(connect_writer(self._path)) as connection:
            while not self._stop.wait(EVERY_SECONDS):
                with contextlib.suppress(sqlite3.Error):  # e.g. a full disk; the log keeps all
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
                    if self._log.stat().st_size > self._truncate_bytes:
                        self._truncate.set()
