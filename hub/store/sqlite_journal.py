"""The journal on SQLite: one writer thread and group commit.

One fsync costs as much as some hundred small statements. So the writer takes all units that wait,
runs each under its own SAVEPOINT, and makes all of them durable with one COMMIT.
"""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import structlog

from hub.domain.errors import Unavailable
from hub.ports import Follow
from hub.store.audience import Audience
from hub.store.journal import Done, Heard, UnitOrFactory, future_done
from hub.store.sqlite_checkpoint import Checkpointer, empty_log
from hub.store.sqlite_files import connect_writer, is_fatal
from hub.store.sqlite_writer import Batch, Job, SqliteWriter
from hub.store.unit import Prepared

T = TypeVar("T")

UNITS_PER_COMMIT = 512
UNITS_WAITING = 20_000
EXIT_CODE = 74
"""EX_IOERR of sysexits.h."""

log = structlog.get_logger(__name__)


def end_process(error: BaseException) -> None:
    """Stop at once, without clean-up that could write: the disk is not to be trusted."""
    log.critical("disk_failed", error=repr(error))
    os._exit(EXIT_CODE)


class SqliteJournal:
    """`Journal` on one SQLite file. Results and events return to the loop that started it."""

    keeps_order = True

    def __init__(
        self,
        path: Path,
        *,
        units_waiting: int = UNITS_WAITING,
        on_fatal: Callable[[BaseException], None] = end_process,
    ) -> None:
        self._path = path
        self._units_waiting = units_waiting
        self._on_fatal = on_fatal
        self._audience = Audience()
        self._jobs: deque[Job] = deque()
        self._wake = threading.Event()
        self._closed: Unavailable | None = Unavailable("not_started")
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._checkpointer = Checkpointer(path)

    async def start(self) -> None:
        """Open the file for writing and begin to take units."""
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._connection = connect_writer(self._path)
        self._writer = SqliteWriter(self._connection, self._audience)
        self._closed = None
        self._thread.start()
        self._checkpointer.start()

    async def stop(self) -> None:
        """Finish what was taken, refuse what comes, close the file."""
        if not self._thread.is_alive():
            return
        self._closed = self._closed or Unavailable("stopping")
        self._wake.set()
        await self._ended.wait()
        self._thread.join()
        self._checkpointer.stop()
        if self._closed.code == "stopping":  # a disk that failed is not written again
            empty_log(self._connection)
        self._connection.close()

    async def run(self, unit: UnitOrFactory[T]) -> T:
        """Return the unit's result after COMMIT; raise what it raised, after its rollback."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.submit(unit, future_done(future))
        return await future

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        """Queue the unit; `done(result or exception)` is called in the loop after COMMIT."""
        if self._closed is not None:
            raise self._closed
        if len(self._jobs) >= self._units_waiting:
            raise Unavailable("busy", "too many writes are waiting")
        self._jobs.append((unit, done))
        if not self._wake.is_set():
            self._wake.set()

    def follow(self, follower: Follow) -> Callable[[], None]:
        """Give the follower all events committed from now on; the result ends it."""
        return self._audience.follow(follower)

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        """Tell `heard` the values of committed calls of a statement; the result ends it."""
        return self._audience.watch(prepared, heard)

    async def caught_up(self) -> None:
        """Return at once: here followers hear of a commit before its caller does."""

    def _write(self) -> None:
        """The writer thread."""
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._jobs:
                self._commit_some()
            if self._closed is not None and not self._jobs:
                break
        self._loop.call_soon_threadsafe(self._ended.set)

    def _commit_some(self) -> None:
        count = min(len(self._jobs), UNITS_PER_COMMIT)
        jobs = [self._jobs.popleft() for _ in range(count)]
        batch = self._writer.commit(jobs)
        if batch.error is not None:
            self._report(batch.error)
        # One wake-up of the loop per commit, not per unit: it costs a system call.
        self._loop.call_soon_threadsafe(self._deliver, batch)
        self._checkpointer.after_commit(self._connection)

    def _report(self, error: BaseException) -> None:
        log.error("commit_failed", exc_info=error)
        if is_fatal(error):
            self._closed = Unavailable("disk_failed")
            self._on_fatal(error)

    def _deliver(self, batch: Batch) -> None:
        self._audience.tell_events(batch.logged)
        self._audience.tell_calls(batch.calls)
        for done, outcome in batch.outcomes:
            try:
                done(outcome)
            except Exception:  # the commit stands whatever its caller makes of it
                log.exception("done_failed")
