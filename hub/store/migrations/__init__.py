"""The schema's history (Alembic), and how to bring a database up to date."""

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

__all__ = ["migrate", "newest_revision"]

_VERSIONS = Path(__file__).parent / "versions"


async def migrate(url: str) -> None:
    """Apply the revisions that are missing; raise `Invalid` when the schema is newer than us.

    Nearly every start finds nothing to do, so Alembic is loaded only when there may be.
    """
    if _is_up_to_date(url):
        return
    from hub.store.migrations.upgrade import bring_up  # noqa: PLC0415  0.2 s of every start

    await bring_up(url)


def newest_revision() -> str:
    """Return the number that the newest revision's file begins with, which is its name."""
    return max(path.name for path in _VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def _is_up_to_date(url: str) -> bool:
    """Tell whether an SQLite file has the newest revision; False where we cannot tell."""
    named = make_url(url)
    if named.get_backend_name() != "sqlite":
        return False
    try:
        with contextlib.closing(
            sqlite3.connect(f"file:{named.database}?mode=ro", uri=True)
        ) as connection:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return False
    return rows == [(newest_revision(),)]
