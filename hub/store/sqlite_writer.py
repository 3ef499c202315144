"""Runs units on the writer's connection: many in one transaction, each rolled back alone."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from hub.adapters.crashpoints import crashpoint
from hub.domain.codec import encode
from hub.domain.errors import Refused, Unavailable
from hub.domain.events import Logged
from hub.store.audience import Audience
from hub.store.crash_points import AFTER_COMMIT, BEFORE_COMMIT
from hub.store.journal import Done, UnitOrFactory
from hub.store.sqlite_files import unavailable
from hub.store.statements import SQLITE, statement
from hub.store.unit import Alike, Append, Call, Many, Together, Unit, calls_of

INSERT_EVENT = (
    "INSERT INTO event (seq, transaction_id, at, kind, contact_id, body) VALUES (?, 0, ?, ?, ?, ?)"
)

ALIKE_AT_ONCE = 64
"""Units run as one; when one of them fails, so many are run again."""

Job = tuple[UnitOrFactory[Any], Done]


class Batch(NamedTuple):
    """What one COMMIT made durable, and what became of each unit."""

    logged: Sequence[Logged]
    calls: Sequence[Call]
    outcomes: Sequence[tuple[Done, Any]]
    error: BaseException | None = None
    """Set when the store failed: then nothing was written and every outcome says so."""


class StoreFailed(Exception):
    """The store could not go on; the transaction is void. The cause is the driver's error."""


class SqliteWriter:
    """Lives in one thread. Events get their numbers here, so their order is commit order."""

    def __init__(self, connection: sqlite3.Connection, audience: Audience) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._watched = audience.watched
        self._seq = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        self._appended: list[tuple[Append, str]] = []
        self._calls: list[Call] = []
        self._alone = False
        """One unit makes the whole transaction and needs no savepoint within: each statement hands
        the interpreter to the loop, and waits to have it back."""

    def commit(self, jobs: Sequence[Job]) -> Batch:
        """Run the units and make them durable together."""
        self._appended, self._calls = [], []
        self._alone = len(jobs) == 1
        try:
            self._cursor.execute("BEGIN IMMEDIATE")
            outcomes = [one for run in groupby(jobs, _kind) for one in self._run_all(*run)]
            logged = self._write_events()
            crashpoint(BEFORE_COMMIT)
            self._cursor.execute("COMMIT")
            crashpoint(AFTER_COMMIT)
        except Exception as error:
            return self._failed(error, jobs)
        self._seq += len(logged)
        return Batch(logged, self._calls, outcomes)

    def _run_all(
        self, together: Together | None, jobs: Iterable[Job]
    ) -> Iterator[tuple[Done, Any]]:
        """Run neighbours that are alike as one, or one by one if that fails; others anyway."""
        if together is None:
            for unit, done in jobs:
                yield done, self._run(unit)
            return
        alike = list(jobs)
        for first in range(0, len(alike), ALIKE_AT_ONCE):
            units, dones = zip(*alike[first : first + ALIKE_AT_ONCE], strict=True)
            found = self._run(together([unit.item for unit in units]))
            if isinstance(found, Exception):
                found = [self._run(unit) for unit in units]
            yield from zip(dones, found, strict=True)

    def _run(self, unit: UnitOrFactory[Any]) -> Any:
        """Drive one unit to its end; return its result, or the exception that ended it."""
        events, calls = len(self._appended), len(self._calls)
        cursor, watched, is_open = self._cursor, self._watched, False
        try:
            work: Unit[Any] = unit() if callable(unit) else unit
            step = work.send
            op = step(None)
            while True:
                if isinstance(op, Append):
                    self._appended.append((op, encode(op.event)))
                    op = step(None)
                    continue
                prepared = op.prepared
                known = prepared.compiled.get("sqlite") or statement(prepared, SQLITE)
                if not is_open and known.writes:
                    # A unit that has not written yet has nothing to roll back.
                    is_open = True
                    if not self._alone:
                        cursor.execute("SAVEPOINT unit")
                found: Any = None
                if isinstance(op, Many):
                    cursor.executemany(known.sql, [known.bind(row)[1] for row in op.rows])
                else:
                    cursor.execute(*known.bind(op.values))
                    found = cursor.fetchall() if known.returns_rows else cursor.rowcount
                if prepared in watched:
                    self._calls.extend(calls_of(op))
                op = step(found)
        except StopIteration as end:
            if is_open and not self._alone:
                cursor.execute("RELEASE unit")
            return end.value
        except Exception as error:
            del self._appended[events:], self._calls[calls:]
            return self._refused(error, is_open=is_open)

    def _refused(self, error: Exception, *, is_open: bool) -> Exception:
        if isinstance(error, sqlite3.Error) and unavailable(error) is not None:
            raise StoreFailed from error
        if is_open and self._alone:
            self._cursor.execute("ROLLBACK")
            self._cursor.execute("BEGIN IMMEDIATE")
        elif is_open:
            self._cursor.execute("ROLLBACK TO unit")
            self._cursor.execute("RELEASE unit")
        if isinstance(error, sqlite3.IntegrityError):
            refused = Refused("conflict", str(error))
            refused.__cause__ = error
            return refused
        return error

    def _write_events(self) -> list[Logged]:
        seq, rows, logged = self._seq, [], []
        for (event, carried), body in self._appended:
            seq += 1
            contact_id = getattr(event, "contact_id", None)
            rows.append((seq, event.at, type(event).__name__, contact_id, body))
            logged.append(Logged(position=(0, seq), event=event, carried=carried))
        if rows:
            self._cursor.executemany(INSERT_EVENT, rows)
        return logged

    def _failed(self, error: Exception, jobs: Sequence[Job]) -> Batch:
        """Give everybody the reason; the store is as it was before the batch."""
        cause = error.__cause__ or error
        if self._connection.in_transaction:  # a full disk may have ended it already
            with contextlib.suppress(sqlite3.Error):
                self._cursor.execute("ROLLBACK")
        reason = unavailable(cause) or Unavailable("database_failed", type(cause).__name__)
        for unit, _ in jobs:
            if not callable(unit):
                unit.close()
        return Batch((), (), [(done, reason) for _, done in jobs], cause)


def _kind(job: Job) -> Together | None:
    unit = job[0]
    return unit.together if isinstance(unit, Alike) else None
