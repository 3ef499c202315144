"""Bringing a database up to date from inside the program: no ini file, no command line."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from hub.domain.errors import Invalid

LOCK_KEY = 0x68756273
"""Nodes that start together bring the tables up to date one after another."""
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


async def bring_up(url: str) -> None:
    """Apply the revisions that are missing; raise `Invalid` when the schema is newer than us."""
    named = make_url(url)
    engine = create_async_engine(
        named.set(drivername=DRIVERS[named.get_backend_name()]), poolclass=NullPool
    )
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()


def upgrade(connection: Connection) -> None:
    """Apply the missing revisions on an open connection."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    settings = config(connection)
    scripts = ScriptDirectory.from_config(settings)
    present = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in scripts.walk_revisions()}
    if unknown := set(present) - known:
        raise Invalid(
            "schema_newer",
            f"the database has schema {', '.join(unknown)}, which this version does not know: "
            "run the version that wrote it, or a newer one",
        )
    if set(present) != set(scripts.get_heads()):
        command.upgrade(settings, "head")


def config(connection: Connection | None = None, **attributes: Any) -> Config:
    """Return Alembic's settings for our revisions."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    settings.attributes.update(attributes)
    return settings
