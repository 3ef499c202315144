"""A database restored on another server brings transaction ids that server has not reached yet."""

import asyncpg
import structlog

log = structlog.get_logger(__name__)

LOCK_KEY = 0x68756274

# New events would sort before the old ones, and readers would never see them. Id 0 is before
# every real one, and the sequence keeps the old events in the order in which they were numbered.
ADOPT = """
UPDATE event SET transaction_id = 0
WHERE transaction_id >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""


async def adopt_log(url: str) -> None:
    """Put events with transaction ids of the future at the beginning of the log."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK_KEY)
            status: str = await connection.execute(ADOPT)
    finally:
        await connection.close()
    count = int(status.rpartition(" ")[2])
    if count:
        log.warning("log_adopted_from_another_server", events=count)
