"""The reader on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.domain.events import Logged
from hub.store import event_log
from hub.store.postgres_errors import AWAY, CONNECT_SECONDS, translated
from hub.store.reader import START, Position, Rows
from hub.store.sessions import Sessions
from hub.store.statements import POSTGRES, statement
from hub.store.unit import Call

CONNECTIONS = 8
HEAVY = 2

SESSION = {
    "application_name": "hub-reader",
    "default_transaction_read_only": "on",
    "statement_timeout": "10000",
}


class PostgresReader:
    """`Reader` on PostgreSQL, through a pool of read-only connections."""

    def __init__(self, pool: asyncpg.Pool, url: str) -> None:
        self._pool = pool
        self._heavy = asyncio.Semaphore(HEAVY)
        self._sessions = Sessions(
            make_url(url).set(drivername="postgresql+asyncpg"),
            connect_args={"server_settings": SESSION},
        )

    @classmethod
    async def open(cls, url: str) -> "PostgresReader":
        """Connect."""
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=CONNECTIONS,
            server_settings=SESSION,
            reset=_leave_as_is,
            timeout=CONNECT_SECONDS,
        )
        return cls(pool, url)

    async def rows(self, call: Call) -> Rows:
        """Return the rows of a short statement."""
        async with self._connection() as connection:
            return await _fetch(connection, call)

    async def gather(self, calls: Sequence[Call]) -> list[Rows]:
        """Return the rows of several short statements, all of one moment."""
        async with (
            self._connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return [await _fetch(connection, call) for call in calls]

    async def heavy(self, call: Call) -> Rows:
        """Return the rows of a long statement, two at a time."""
        async with (
            self._heavy,
            self._connection() as connection,
            connection.transaction(readonly=True),
        ):
            await connection.execute("SET LOCAL statement_timeout = 0")
            return await _fetch(connection, call)

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
        """Return the settled events after a position, in order; with `kinds`, only those."""
        after = {"transaction_id": position[0], "seq": position[1], "most": limit}
        call = event_log.POSTGRES_AFTER(**after)
        if kinds is not None:
            call = event_log.POSTGRES_OF_KINDS(**after, kinds=list(kinds))
        rows = await self.rows(call)
        return await asyncio.to_thread(event_log.logged, rows) if aside else event_log.logged(rows)

    async def events_of_contact(self, contact_id: str) -> list[Logged]:
        """Return a Contact's events in order, without `MessageAdded`."""
        return event_log.logged(await self.rows(event_log.OF_CONTACT(contact_id=contact_id)))

    async def head(self) -> Position:
        """Return the position of the newest settled event."""
        return _position(await self.rows(event_log.POSTGRES_HEAD()))

    async def newest(self) -> Position:
        """Return the position of the newest event, settled or not."""
        return _position(await self.rows(event_log.POSTGRES_NEWEST()))

    async def close(self) -> None:
        """Close the connections."""
        await self._sessions.close()
        await self._pool.close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        try:
            async with self._pool.acquire() as connection:
                yield connection
        except AWAY as error:
            raise translated(error) from error


async def _leave_as_is(_connection: object) -> None:
    """Skip the pool's own resetting, a round trip: nobody here changes a session."""


async def _fetch(connection: Any, call: Call) -> Rows:
    sql, values = statement(call.prepared, POSTGRES).bind(call.values)
    return [tuple(record) for record in await connection.fetch(sql, *values)]


def _position(rows: Rows) -> Position:
    return (rows[0][0], rows[0][1]) if rows else START
