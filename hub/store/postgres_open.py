"""Opening a PostgreSQL store. Imported only where one is chosen: its driver is optional."""

import asyncpg
from sqlalchemy.engine import make_url

from hub.domain.errors import Unavailable
from hub.ports import Clock, Signal
from hub.store.audience import Audience
from hub.store.log_reader import LogReader
from hub.store.migrations import migrate
from hub.store.postgres_adopt import adopt_log
from hub.store.postgres_journal import PostgresJournal
from hub.store.postgres_reader import PostgresReader


async def open_postgres(
    url: str, clock: Clock, signal: Signal | None
) -> tuple[PostgresJournal, PostgresReader]:
    """Bring the tables up to date and start the journal; raise `Unavailable` when away."""
    try:
        await migrate(url)
        await adopt_log(url)
        reader = await PostgresReader.open(url)
    except (OSError, asyncpg.PostgresError) as error:
        server = make_url(url)
        raise Unavailable(
            "database_away",
            f"PostgreSQL at {server.host}:{server.port or 5432}, database {server.database}: "
            f"{type(error).__name__}",
        ) from error
    audience = Audience()
    journal = PostgresJournal(url, LogReader(reader, audience, clock, signal), audience)
    await journal.start()
    return journal, reader
