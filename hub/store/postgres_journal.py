"""The journal on PostgreSQL: one transaction per unit, many at a time.

A few workers, each on a connection of its own, take units from one queue; the server gathers
their commits into common fsyncs. Followers are fed by `LogReader`, in an order that is the same
on all nodes, and so hear of a commit a little after its caller does.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, TypeVar

import asyncpg
import structlog

from hub.adapters.crashpoints import crashpoint
from hub.domain.codec import encode
from hub.domain.errors import Unavailable
from hub.ports import Follow
from hub.store.audience import Audience
from hub.store.crash_points import AFTER_COMMIT, BEFORE_COMMIT
from hub.store.journal import Done, Heard, UnitOrFactory, future_done
from hub.store.log_reader import LogReader
from hub.store.postgres_errors import AWAY, CONNECT_SECONDS, RACES, translated
from hub.store.statements import POSTGRES, statement
from hub.store.unit import Append, Call, Many, Prepared, Unit, calls_of

T = TypeVar("T")

WORKERS = 16
UNITS_WAITING = 20_000
TRIES = 4

SESSION = {
    "application_name": "hub",
    # A transaction that stands still would hold up the log of every node.
    "idle_in_transaction_session_timeout": "5000",
    "lock_timeout": "2000",
    "statement_timeout": "10000",
}

INSERT_EVENTS = """
INSERT INTO event (transaction_id, at, kind, contact_id, body)
SELECT pg_current_xact_id()::text::bigint, at, kind, contact_id, body
FROM unnest($1::float8[], $2::text[], $3::text[], $4::text[])
     WITH ORDINALITY AS fact (at, kind, contact_id, body, place)
ORDER BY place
RETURNING seq
"""

log = structlog.get_logger(__name__)


class PostgresJournal:
    """`Journal` on PostgreSQL."""

    keeps_order = False

    def __init__(
        self,
        url: str,
        log_reader: LogReader,
        audience: Audience,
        *,
        workers: int = WORKERS,
        units_waiting: int = UNITS_WAITING,
    ) -> None:
        self._url = url
        self._log_reader = log_reader
        self._audience = audience
        self._worker_count = workers
        self._units_waiting = units_waiting
        self._closed: Unavailable | None = Unavailable("not_started")
        self._workers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to take units."""
        self._queue: asyncio.Queue[tuple[UnitOrFactory[Any], Done]] = asyncio.Queue()
        self._workers = [asyncio.create_task(self._work()) for _ in range(self._worker_count)]
        await self._log_reader.start()
        self._closed = None

    async def stop(self) -> None:
        """Finish what was taken, refuse what comes, close the connections."""
        self._closed = self._closed or Unavailable("stopping")
        if self._workers:
            await self._queue.join()
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        self._workers = []
        await self._log_reader.stop()

    async def run(self, unit: UnitOrFactory[T]) -> T:
        """Return the unit's result after COMMIT; raise what it raised, after its rollback."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.submit(unit, future_done(future))
        return await future

    def submit(self, unit: UnitOrFactory[Any], done: Done) -> None:
        """Queue the unit; `done(result or exception)` is called in the loop after COMMIT."""
        if self._closed is not None:
            raise self._closed
        if self._queue.qsize() >= self._units_waiting:
            raise Unavailable("busy", "too many writes are waiting")
        self._queue.put_nowait((unit, done))

    def follow(self, follower: Follow) -> Callable[[], None]:
        """Give the follower all events committed from now on, by any node."""
        return self._audience.follow(follower)

    def watch(self, prepared: Prepared, heard: Heard) -> Callable[[], None]:
        """Tell `heard` the values of this node's committed calls of a statement."""
        return self._audience.watch(prepared, heard)

    async def caught_up(self) -> None:
        """Wait until followers have been given all that was committed before this call."""
        await self._log_reader.caught_up()

    async def _work(self) -> None:
        connection: asyncpg.Connection | None = None
        try:
            while True:
                unit, done = await self._queue.get()
                try:
                    if connection is None or connection.is_closed():
                        connection = await asyncpg.connect(
                            self._url, server_settings=SESSION, timeout=CONNECT_SECONDS
                        )
                    outcome = await self._tried(connection, unit)
                except Exception as error:
                    outcome = translated(error)
                self._deliver(done, outcome)
                self._queue.task_done()
        finally:
            if connection is not None:
                await connection.close()

    def _deliver(self, done: Done, outcome: Any) -> None:
        try:
            done(outcome)
        except Exception:  # the commit stands whatever its caller makes of it
            log.exception("done_failed")

    async def _tried(self, connection: asyncpg.Connection, unit: UnitOrFactory[T]) -> T:
        tries = TRIES if callable(unit) else 1
        for left in range(tries - 1, -1, -1):
            try:
                return await self._transaction(connection, unit() if callable(unit) else unit)
            except RACES:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _transaction(self, connection: asyncpg.Connection, unit: Unit[T]) -> T:
        appended: list[Append] = []
        calls: list[Call] = []
        await connection.execute("BEGIN")
        try:
            result = await self._drive(connection, unit, appended, calls)
            numbers = await _insert_events(connection, appended) if appended else []
            crashpoint(BEFORE_COMMIT)
        except BaseException:
            unit.close()
            with contextlib.suppress(*AWAY):
                await connection.execute("ROLLBACK")
            self._log_reader.wake(tell=False)
            raise
        # Kept before COMMIT: the log reader may see the events before we are told.
        self._log_reader.carry(zip(numbers, appended, strict=True))
        try:
            await connection.execute("COMMIT")
        except AWAY as error:
            # It may or may not have been stored; the same key makes a repetition harmless.
            raise Unavailable("outcome_unknown", "the connection was lost in COMMIT") from error
        crashpoint(AFTER_COMMIT)
        self._log_reader.wake(tell=bool(appended))
        self._audience.tell_calls(calls)
        return result

    async def _drive(
        self,
        connection: asyncpg.Connection,
        unit: Unit[T],
        appended: list[Append],
        calls: list[Call],
    ) -> T:
        answer: Any = None
        while True:
            try:
                op = unit.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            if isinstance(op, Append):
                appended.append(op)
                answer = None
                continue
            answer = await execute(connection, op)
            if op.prepared in self._audience.watched:
                calls.extend(calls_of(op))


async def execute(
    connection: asyncpg.Connection, call: Call | Many
) -> list[tuple[Any, ...]] | int | None:
    """Run one statement; return its rows, or the number of rows it changed."""
    known = statement(call.prepared, POSTGRES)
    if isinstance(call, Many):
        await connection.executemany(known.sql, [known.bind(row)[1] for row in call.rows])
        return None
    sql, values = known.bind(call.values)
    if known.returns_rows:
        return [tuple(record) for record in await connection.fetch(sql, *values)]
    status: str = await connection.execute(sql, *values)
    return int(status.rpartition(" ")[2])


async def _insert_events(connection: asyncpg.Connection, appended: list[Append]) -> list[int]:
    events = [op.event for op in appended]
    rows = await connection.fetch(
        INSERT_EVENTS,
        [event.at for event in events],
        [type(event).__name__ for event in events],
        [getattr(event, "contact_id", None) for event in events],
        [encode(event) for event in events],
    )
    return [row[0] for row in rows]
