"""Connections to an SQLite file, and what its errors mean to us."""

import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

from hub.domain.errors import Invalid, Unavailable

BUSY_SECONDS = 2.0
CACHE_KIB = 64 * 1024
MAP_BYTES = 256 * 1024 * 1024

FATAL = frozenset({sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC})
"""After a failed fsync the system may have dropped the dirty pages: a second fsync would
succeed and lie. Only a restart, which reads the disk again, knows what is there."""

CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "disk_read_only",
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CANTOPEN: "disk_error",
    sqlite3.SQLITE_NOMEM: "out_of_memory",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
}


def sqlite_path(url: str) -> Path:
    """Return the file a URL names, after making its folder."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise Invalid("store_url", "sqlite:///path needs a path: the store must survive us")
    path = Path(name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open for the one writer: WAL, an fsync at every commit, checkpoints by somebody else."""
    connection = _connect(f"file:{path}", check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute("PRAGMA temp_store=MEMORY")  # savepoints would else make files
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def connect_reader(path: Path, *, mapped: bool = False) -> sqlite3.Connection:
    """Open for reading only; every statement sees the newest commit.

    `mapped` is for long walks: SQLite maps the file anew after each commit it finds, which costs
    the few rows of a short read half as much again.
    """
    connection = _connect(f"file:{path}?mode=ro", check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    if mapped:
        connection.execute(f"PRAGMA mmap_size={MAP_BYTES}")
    return connection


def _connect(uri: str, *, check_same_thread: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=check_same_thread,
        cached_statements=1024,
    )
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    return connection


def unavailable(error: BaseException) -> Unavailable | None:
    """Return what to tell callers when the store, not the unit, is at fault; else None."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    name = CODES.get(code & 0xFF)  # the low byte is the class, the rest its cause
    return Unavailable(name, getattr(error, "sqlite_errorname", "")) if name else None


def is_fatal(error: BaseException) -> bool:
    """Tell whether the process must stop: nobody knows what is on the disk."""
    return getattr(error, "sqlite_errorcode", None) in FATAL
