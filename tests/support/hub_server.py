"""The product as an operator runs it: a process of its own that a test may kill and restart."""

import asyncio
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support import child

READY_SECONDS = 60.0
CUSTOMER = "20418807"
"""Lin Wei, premier, Chinese; see `config/demo/known.py`."""
HUB = "import sys; from config.cli import main; sys.exit(main())"
ROOT = Path(__file__).parents[2]


class HubServer:
    """`hub demo` or `hub serve` on a free loopback port with a data folder of its own."""

    def __init__(self, folder: Path, *, command: str = "demo") -> None:
        self.folder, self.command = folder, command
        self.data = folder / "data"
        self.log = folder / "hub.log"
        self.port = child.free_port()
        self.environment: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        """Where its WebSockets are."""
        return f"ws://127.0.0.1:{self.port}"

    def start(self, **more: str) -> None:
        """Start and wait until `/readyz` says so."""
        self.launch(**more)
        self.wait_ready()

    def launch(self, **more: str) -> None:
        """Start without waiting."""
        settings: Mapping[str, str] = {
            "HUB_PORT": str(self.port),
            "HUB_DATA_DIR": str(self.data),
            "HUB_BOT__ENGINE": "menu",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            **self.environment,
            **more,
        }
        assigned = [f"{name}={value}" for name, value in settings.items()]
        env = shutil.which("env") or "/usr/bin/env"
        self._process = child.start(
            [env, *assigned, sys.executable, "-c", HUB, self.command], log=self.log
        )

    def wait_ready(self) -> float:
        """Wait for readiness; returns the seconds it took."""
        started = time.monotonic()
        while time.monotonic() - started < READY_SECONDS:
            if self._process is None or self._process.poll() is not None:
                raise AssertionError(f"the hub ended: {self.words()[-2000:]}")
            try:
                with urllib.request.urlopen(f"{self.origin}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return time.monotonic() - started
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.05)
        raise AssertionError(f"the hub is not ready: {self.words()[-2000:]}")

    def exit_code(self, seconds: float = 30.0) -> int:
        """Wait for the end of a hub that cannot run."""
        assert self._process is not None
        return self._process.wait(timeout=seconds)

    def words(self) -> str:
        """All it printed."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """`kill -9`."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.poll() is None:
            child.stop(self._process)

    def demo_token(self, customer: str = CUSTOMER) -> str:
        """A fresh word of the demo bank for its page: who is signed in there."""
        body = json.dumps({"customer": customer}).encode()
        request = urllib.request.Request(
            f"{self.origin}/demo/token", data=body, method="POST",
            headers={"Content-Type": "application/json", "Origin": self.origin},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=5) as answer:
            token: str = json.load(answer)["token"]
            return token

    async def token(self, customer: str = CUSTOMER) -> str:
        """`demo_token` from a test with an event loop."""
        return await asyncio.to_thread(self.demo_token, customer)

    async def restart_after_kill(self) -> None:
        """`kill -9`, then start again on the same port and data."""
        self.kill()
        await asyncio.to_thread(self.start)


@pytest.fixture(scope="session")
def demo_seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the demo bank, invented once for all tests and all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if "PYTEST_XDIST_WORKER" not in os.environ else base.parent
    folder = shared / "demo-seed"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            server = HubServer(folder)
            server.start()
            server.stop()
            (folder / "done").touch()
    return folder / "data"


def copy_seed(seed: Path, data: Path) -> None:
    """Copy a data folder, without what only a running process has in it."""
    shutil.copytree(seed, data, ignore=shutil.ignore_patterns("*.sock", "*.lock"))


@pytest.fixture
def hub_server(tmp_path: Path, demo_seed: Path) -> Iterator[HubServer]:
    """A demo bank of one test, seeded, not started yet."""
    server = HubServer(tmp_path)
    copy_seed(demo_seed, server.data)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def demo_bank(tmp_path_factory: pytest.TempPathFactory, demo_seed: Path) -> Iterator[HubServer]:
    """A running demo bank that the tests of a file share; nobody kills it."""
    server = HubServer(tmp_path_factory.mktemp("hub"))
    copy_seed(demo_seed, server.data)
    server.start()
    yield server
    server.stop()
