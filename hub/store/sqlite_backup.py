"""Copies of the embedded database: taken while it is written to, checked before trusted."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from hub.domain.errors import Invalid

PAGES = 2_000
"""Pages per step: between steps the hub's writer has its turn."""

Told = Callable[[int, int], None]


def copy_database(source: Path, target: Path, told: Told) -> int:
    """Copy a database as it is at one moment; return the copy's size in bytes.

    `told(done, of)` counts pages. Raises `Invalid` when the copy does not hold together.
    """

    def progress(_status: int, remaining: int, total: int) -> None:
        told(total - remaining, total)

    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new, pages=PAGES, progress=progress)
    check_database(target)
    return target.stat().st_size


def check_database(path: Path) -> None:
    """Raise `Invalid` unless the file is a database of the hub that holds together."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            tables = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('event', 'data_key')"
            ).fetchone()[0]
    except sqlite3.Error as error:
        raise Invalid("bad_backup", f"{path} is no database of the hub ({error})") from None
    if verdict != "ok" or tables != 2:
        raise Invalid("bad_backup", f"{path} is damaged or no database of the hub")
